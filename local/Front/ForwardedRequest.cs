using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace TimeTagger.Local.Front;

/// <summary>
/// What the handler gets to see of a request. This process owns the socket, so it alone says where a call came from:
/// a caller's own copies of such headers never pass.
/// </summary>
/// <param name="proxyHeader">
/// The header in which a trusted proxy says who calls, or null for none. It passes whatever its name: the handler
/// decides by the peer whether to believe it.
/// </param>
internal sealed class ForwardedRequest(string? proxyHeader) : HttpTransformer
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken
    )
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var sent = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (sent.StartsWith("/api/", StringComparison.Ordinal))
        {
            // As it was sent: only the handler knows what dots and encoded slashes mean.
            proxyRequest.RequestUri = new Uri(destinationPrefix.TrimEnd('/') + sent, AsItIs);
        }

        var headers = proxyRequest.Headers;
        var peer = Text(httpContext.Connection.RemoteIpAddress);
        if (headers.NonValidated.Any(h => SaysThatSomebodyIsBetween(h.Key)))
        {
            // Another proxy stands before us. Who is behind it cannot be known, so it is nobody on this machine.
            peer = $"unknown, {peer}";
        }

        foreach (var name in headers.NonValidated.Select(h => h.Key).Where(IsThePlatformsToSay).ToList())
        {
            headers.Remove(name);
        }
        headers.Host = null; // the handler's own address, as behind the Functions host
        var request = httpContext.Request;
        headers.TryAddWithoutValidation("X-Forwarded-For", peer);
        headers.TryAddWithoutValidation("X-Forwarded-Proto", request.Scheme);
        headers.TryAddWithoutValidation("X-Forwarded-Host", request.Host.Value ?? "");
    }

    private bool IsThePlatformsToSay(string header) =>
        !header.Equals(proxyHeader, StringComparison.OrdinalIgnoreCase)
        && (
            header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
            || header.StartsWith("X-MS-Client-Principal", StringComparison.OrdinalIgnoreCase)
            || header.StartsWith("X-Azure-Functions-", StringComparison.OrdinalIgnoreCase)
            || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        );

    private static bool SaysThatSomebodyIsBetween(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || header.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Via", StringComparison.OrdinalIgnoreCase);

    private static string Text(IPAddress? address) =>
        (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "";
}
