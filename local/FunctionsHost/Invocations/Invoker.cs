using System.Text;
using System.Text.Json.Nodes;
using Azure;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Handlers;
using TimeTagger.FunctionsHost.Queues;

namespace TimeTagger.FunctionsHost.Invocations;

/// <summary>Calls functions with payloads: <c>POST /&lt;function&gt;</c>.</summary>
internal sealed class Invoker(HandlerKeeper handler, HostFile host, TimeProvider time, HostLog log) : IDisposable
{
    private readonly QueueOutputs _outputs = new(host.Queues);
    private readonly HttpClient _client = new(
        new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = !host.Forwards }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public void Dispose() => _client.Dispose();

    /// <summary>Calls a function until it succeeds or is not to be tried again, and sends what it puts out to queues.</summary>
    /// <param name="function">Which.</param>
    /// <param name="payload">What it is told; a repeated call is told of that as well.</param>
    /// <param name="stopping">The host stops.</param>
    /// <returns>What it says; null when it failed.</returns>
    public async Task<FunctionResult?> InvokeAsync(Function function, JsonObject payload, CancellationToken stopping)
    {
        for (var retry = 1; ; retry++)
        {
            string failure;
            try
            {
                var result = await InvokeOnceAsync(function, payload, stopping);
                log.Write($"{function.Name}: Succeeded");
                return result;
            }
            catch (Exception e)
                when (e is InvocationException or HttpRequestException or HandlerGoneException or RequestFailedException
                )
            {
                failure = e.Message;
            }

            log.Write($"{function.Name}: Failed: {failure}");
            if (function.Retry is not { } policy || !policy.Allows(retry))
            {
                return null;
            }

            var pause = policy.PauseBefore(retry);
            log.Write($"{function.Name}: Waiting for {pause} before retry {retry} of {policy.MaxRetryCount}");
            await Task.Delay(pause, time, stopping);
            payload["Metadata"]!["RetryContext"] = new JsonObject
            {
                ["RetryCount"] = retry,
                ["MaxRetryCount"] = policy.MaxRetryCount,
                ["Exception"] = new JsonObject { ["Message"] = failure },
            };
        }
    }

    private async Task<FunctionResult> InvokeOnceAsync(
        Function function,
        JsonObject payload,
        CancellationToken stopping
    )
    {
        using var limit = new CancellationTokenSource(host.FunctionTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        try
        {
            await handler.ReadyAsync(either.Token);
            var result = await CallAsync(function, payload, either.Token);
            foreach (var line in result.Logs)
            {
                log.Write($"Function.{function.Name}.User: {line}");
            }

            await _outputs.SendAsync(function, result, either.Token);
            return result;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            handler.Kill();
            throw new InvocationException($"it took longer than {host.FunctionTimeout}, and the handler is killed");
        }
    }

    private async Task<FunctionResult> CallAsync(Function function, JsonObject payload, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(handler.Address, function.Name))
        {
            Version = System.Net.HttpVersion.Version11,
            Content = new StringContent(payload.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.TryAddWithoutValidation("User-Agent", HostHeaders.UserAgent);
        request.Headers.TryAddWithoutValidation(HostHeaders.HostVersion, HostHeaders.Version);
        request.Headers.TryAddWithoutValidation(HostHeaders.InvocationId, Guid.NewGuid().ToString());
        using var answer = await _client.SendAsync(request, cancellation);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return FunctionResult.Read(answer.StatusCode, answer.Content.Headers.ContentType, body);
    }
}
