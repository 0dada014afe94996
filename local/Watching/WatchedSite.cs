using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TimeTagger.Local.Site;

namespace TimeTagger.Local.Watching;

/// <summary>
/// The site while its sources are watched: its pages have a script more, which learns of every build. Before the first
/// good build there is a page that says what is wrong.
/// </summary>
internal sealed class WatchedSite : ISite, IDisposable
{
    private const string ScriptPath = "/_watch/client.js";
    private const string EventsPath = "/_watch/events";
    private const string WorkerPath = "/app/sw.js";
    private const string Tag = $"""<script type="module" src="{ScriptPath}"></script>""";

    private static readonly byte[] Script = Resource("client.js");
    private static readonly byte[] Worker = Resource("worker.js");
    private static readonly byte[] HeadEnd = "</head>"u8.ToArray();

    private readonly WatchState _state = new();
    private volatile StaticSite? _content;

    /// <summary>Whether there was a good build.</summary>
    public bool HasContent => _content is not null;

    public void Dispose() => _state.Dispose();

    /// <summary>Serves a new build.</summary>
    /// <param name="onlyStyles">The style sheets, where only they are new.</param>
    /// <exception cref="Refusal">The folder cannot be served.</exception>
    public void Show(string folder, IReadOnlyList<string>? onlyStyles, Action<string> warn)
    {
        _content = StaticSite.Load(folder, warn, WithScript);
        _state.Built(onlyStyles);
    }

    /// <summary>Says what is wrong, over the last good build.</summary>
    public void Fail(string problem) => _state.Failed(problem);

    /// <summary>Says that nothing is wrong any more.</summary>
    public void Recover() => _state.Recovered();

    public Task ServeAsync(HttpContext context) =>
        context.Request.Path.Value switch
        {
            EventsPath => EventsAsync(context),
            ScriptPath => ScriptAsync(context, Script),
            WorkerPath => ScriptAsync(context, Worker),
            _ when _content is { } content => content.ServeAsync(context),
            _ => ProblemAsync(context),
        };

    private static byte[] WithScript(string path, byte[] content)
    {
        var at = path.EndsWith(".html", StringComparison.Ordinal) ? content.AsSpan().IndexOf(HeadEnd) : -1;
        return at < 0 ? content : [.. content[..at], .. Encoding.ASCII.GetBytes(Tag), .. content[at..]];
    }

    private static async Task ScriptAsync(HttpContext context, byte[] script)
    {
        context.Response.ContentType = "text/javascript; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(script, context.RequestAborted);
    }

    private async Task ProblemAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var problem = WebUtility.HtmlEncode(_state.Current.Problem);
        await context.Response.WriteAsync(
            $"""<!DOCTYPE html><html lang="en"><head><title>The site cannot be built</title>{Tag}</head><body><h1>The site cannot be built</h1><pre>{problem}</pre></body></html>""",
            context.RequestAborted
        );
    }

    private async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            // A server that stops waits for its calls, and this one has no end of its own.
            var server = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
            using var over = CancellationTokenSource.CreateLinkedTokenSource(
                context.RequestAborted,
                server.ApplicationStopping
            );
            await foreach (var now in _state.FollowAsync(over.Token))
            {
                var json = JsonSerializer.Serialize(now, JsonSerializerOptions.Web);
                await context.Response.WriteAsync($"data: {json}\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left, or the server stops.
        }
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(WatchedSite).Assembly.GetManifestResourceStream($"watching/{name}")!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
