using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>
/// Calls as older hosts forward them: rebuilt from what was parsed, and buffered whole. Much is lost or changed on the way:
/// repeated query keys, headers about the content, chunked bodies.
/// </summary>
internal sealed class ForwardingShape(Uri handler) : ICallShape, IDisposable
{
    // About the connection. Headers about the content are no headers of a request to HttpClient, and so get lost as well.
    private static readonly string[] Dropped =
    [
        "Connection",
        "Keep-Alive",
        "Upgrade",
        "Transfer-Encoding",
        "TE",
        "Trailer",
        "Proxy-Connection",
    ];

    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public void Dispose() => _client.Dispose();

    public async Task PassOnAsync(HttpContext context, string invocation, CancellationToken cancellation)
    {
        using var request = RequestOf(context.Request, invocation);

        // A client that goes away does not end the call: the handler is not told.
        using var answer = await _client.SendAsync(request, cancellation);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);

        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        context.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = answer.ReasonPhrase;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            response.Headers[name] = values.ToArray();
        }

        response.Headers.Remove("Transfer-Encoding");
        response.Headers.Remove("Connection");
        if (body.Length > 0)
        {
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, CancellationToken.None);
        }
    }

    private HttpRequestMessage RequestOf(HttpRequest original, string invocation)
    {
        if (original.ContentLength is null && original.Headers.TransferEncoding.Count > 0)
        {
            throw new InvalidOperationException("A body without a length cannot be forwarded.");
        }

        var request = new HttpRequestMessage(
            new HttpMethod(original.Method),
            new Uri(handler.GetLeftPart(UriPartial.Authority) + PathOf(original) + QueryOf(original.Query))
        )
        {
            Version = HttpVersion.Version11,
        };
        foreach (var (name, values) in original.Headers)
        {
            if (!Dropped.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                request.Headers.TryAddWithoutValidation(name, string.Join(", ", values.ToArray()));
            }
        }

        if (original.ContentLength > 0)
        {
            request.Content = new StreamContent(original.Body);
            request.Content.Headers.ContentLength = original.ContentLength;
            if (original.ContentType is { Length: > 0 } type)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        }

        Append(request, "User-Agent", " ", HostHeaders.UserAgent);
        Append(request, HostHeaders.HostVersion, ", ", HostHeaders.Version);
        Append(request, HostHeaders.InvocationId, ", ", invocation);
        return request;
    }

    // What a caller sent stays, in front: only the last value is the host's.
    private static void Append(HttpRequestMessage request, string name, string between, string value)
    {
        var present = request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : "";
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, present.Length == 0 ? value : present + between + value);
    }

    // From the address as it is displayed, that is, not escaped any more: what was escaped twice is resolved.
    private static string PathOf(HttpRequest request) => new Uri(request.GetDisplayUrl()).AbsolutePath;

    private static string QueryOf(IQueryCollection query) =>
        query.Count == 0
            ? ""
            : "?"
                + string.Join(
                    '&',
                    query.Select(pair => $"{Escaped(pair.Key)}={Escaped(string.Join(',', pair.Value.ToArray()))}")
                );

    private static string Escaped(string text) => UrlEncoder.Default.Encode(text);
}
