using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Handlers;

namespace TimeTagger.FunctionsHost.Invocations;

/// <summary>Calls functions that queues and timers set off: <c>POST /&lt;function&gt;</c> with a payload.</summary>
internal sealed class Invoker(HandlerKeeper handler, HostFile host, TimeProvider time, HostLog log) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public void Dispose() => _client.Dispose();

    /// <returns>Whether it succeeded.</returns>
    public async Task<bool> InvokeAsync(Function function, JsonObject payload, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(host.FunctionTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        string? failure;
        try
        {
            await handler.ReadyAsync(either.Token);
            failure = await CallAsync(function, payload, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            failure = $"it took longer than {host.FunctionTimeout}, and the handler is killed";
            handler.Kill();
        }
        catch (Exception e) when (e is HttpRequestException or HandlerGoneException)
        {
            failure = e.Message;
        }

        log.Write(failure is null ? $"{function.Name}: Succeeded" : $"{function.Name}: Failed: {failure}");
        return failure is null;
    }

    /// <returns>What is wrong with the answer, or null.</returns>
    private async Task<string?> CallAsync(Function function, JsonObject payload, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(handler.Address, function.Name))
        {
            Version = HttpVersion.Version11,
            Content = new StringContent(payload.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.TryAddWithoutValidation("User-Agent", HostHeaders.UserAgent);
        request.Headers.TryAddWithoutValidation(HostHeaders.HostVersion, HostHeaders.Version);
        request.Headers.TryAddWithoutValidation(HostHeaders.InvocationId, Guid.NewGuid().ToString());
        using var answer = await _client.SendAsync(request, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            return $"it answered {(int)answer.StatusCode}";
        }

        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return body.Length == 0
            ? $"it WOULD HANG until functionTimeout: it answered {(int)answer.StatusCode} without a body"
            : Judge(answer.Content.Headers.ContentType, body);
    }

    private static string? Judge(MediaTypeHeaderValue? type, byte[] body)
    {
        if (type?.MediaType is not ("application/json" or "text/json"))
        {
            return $"it answered with the content type '{type}'";
        }

        try
        {
            return JsonNode.Parse(body, new JsonNodeOptions { PropertyNameCaseInsensitive = true }) switch
            {
                null => "it WOULD HANG until functionTimeout: it answered null",
                JsonObject result => Judge(result),
                _ => "it answered with JSON that is no object",
            };
        }
        catch (JsonException)
        {
            return "it answered with what is not JSON";
        }
    }

    private static string? Judge(JsonObject result) =>
        result["Outputs"] is { } and not JsonObject ? "its Outputs are no object"
        : result["Logs"] is { } and not JsonArray ? "its Logs are no list"
        : result["Outputs"] is JsonObject { Count: > 0 } ? "it has outputs, which this emulator does not write"
        : null;
}
