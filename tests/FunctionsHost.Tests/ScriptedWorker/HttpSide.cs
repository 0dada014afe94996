using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TimeTagger.FunctionsHost.ScriptedWorker;

/// <summary>Where the host sends HTTP calls. What is to be done with a call stands in its query; by default it is described.</summary>
internal sealed class HttpSide : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly Invocations _invocations;
    private readonly Record _record;

    private HttpSide(WebApplication server, Invocations invocations, Record record) =>
        (_server, _invocations, _record) = (server, invocations, record);

    public string Address => _server.Urls.Single();

    public static async Task<HttpSide> StartAsync(Invocations invocations, Record record)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Limits.MaxRequestBodySize = null;
                kestrel.AddServerHeader = false;
                kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            });
        var side = new HttpSide(builder.Build(), invocations, record);
        side._server.Run(side.AnswerAsync);
        await side._server.StartAsync();
        return side;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var invocation = _invocations[$"{context.Request.Headers["x-ms-invocation-id"]}"];
        try
        {
            await FollowAsync(context, invocation);
            invocation.Result.TrySetResult(null);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            // As the SDK does it: HTTP tells nothing of it.
            invocation.Result.TrySetResult(e.Message);
        }
    }

    private async Task FollowAsync(HttpContext context, Invocation invocation)
    {
        var (request, response, query) = (context.Request, context.Response, context.Request.Query);
        if (query.ContainsKey("refuse"))
        {
            response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            await response.WriteAsync("too large");
            return;
        }

        var call = await DescribeAsync(request);
        _record.Add("http", (JsonObject)call.DeepClone());
        if (query.TryGetValue("log", out var line))
        {
            invocation.Lines.Enqueue((int.Parse($"{query["level"]}", CultureInfo.InvariantCulture), $"{line}"));
        }

        if (query.TryGetValue("die", out var code))
        {
            Environment.Exit(int.Parse($"{code}", CultureInfo.InvariantCulture));
        }

        if (query.TryGetValue("wait", out var milliseconds))
        {
            await Task.Delay(int.Parse($"{milliseconds}", CultureInfo.InvariantCulture));
        }

        if (query.TryGetValue("watch", out var name))
        {
            await WatchAsync(context, invocation, $"{name}");
        }

        if (query.ContainsKey("headers"))
        {
            response.Headers.ETag = "\"a\"";
            response.Headers.CacheControl = "no-store";
            response.Headers.Server = "own";
            response.Headers.Append("Set-Cookie", new(["a=1", "b=2"]));
        }

        if (query.TryGetValue("wide", out var kilobytes))
        {
            var count = int.Parse($"{kilobytes}", CultureInfo.InvariantCulture);
            response.Headers.Append("X-Wide", Enumerable.Repeat(new string('a', 1_000), count).ToArray());
        }

        if (query.ContainsKey("throw"))
        {
            throw new InvalidOperationException("thrown");
        }

        await WriteAsync(response, query, call);
    }

    private static async Task WriteAsync(HttpResponse response, IQueryCollection query, JsonObject call)
    {
        response.StatusCode = int.Parse($"{query["status"]}".PadLeft(1, '0'), CultureInfo.InvariantCulture)
            is > 0
                and var status
            ? status
            : StatusCodes.Status200OK;
        if (query.ContainsKey("status"))
        {
            response.Headers.Location = "/api/other";
        }
        else if (query.ContainsKey("parts"))
        {
            await response.WriteAsync("first");
            await response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(2));
            await response.WriteAsync("last");
        }
        else if (query.ContainsKey("gzip"))
        {
            response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync("packed"u8.ToArray());
        }
        else if (query.ContainsKey("half"))
        {
            response.ContentLength = 8;
            await response.WriteAsync("half");
            await response.Body.FlushAsync();
            throw new InvalidOperationException("thrown");
        }
        else
        {
            response.ContentType = "application/json";
            await response.WriteAsync(call.ToJsonString());
        }
    }

    /// <summary>Waits until the caller is gone or the host cancels, and writes down which of them came.</summary>
    private async Task WatchAsync(HttpContext context, Invocation invocation, string name)
    {
        _record.Add("watching", new JsonObject { ["name"] = name });
        var gone = Task.Delay(Timeout.Infinite, context.RequestAborted);
        await Task.WhenAny(gone, invocation.Cancelled.Task);
        // Both come within milliseconds, where both come.
        await Task.WhenAny(Task.WhenAll(gone, invocation.Cancelled.Task), Task.Delay(TimeSpan.FromSeconds(1)));
        _record.Add(
            "watched",
            new JsonObject
            {
                ["name"] = name,
                ["isGone"] = gone.IsCompleted,
                ["isCancelled"] = invocation.Cancelled.Task.IsCompleted,
            }
        );
    }

    private static async Task<JsonObject> DescribeAsync(HttpRequest request)
    {
        var headers = new JsonObject();
        foreach (var (name, value) in request.Headers)
        {
            headers[name.ToLowerInvariant()] = string.Join(" | ", value.ToArray());
        }

        // What has come before anybody asked for the body: chunked ones are on their way.
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return new JsonObject
        {
            ["method"] = request.Method,
            ["url"] = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            ["headers"] = headers,
            ["length"] = body.Length,
            ["body"] = body.Length < 10_000 ? System.Text.Encoding.UTF8.GetString(body.ToArray()) : null,
        };
    }
}
