using System.Text.Json;
using TimeTagger.Local.Site;

namespace TimeTagger.Local.Watching;

/// <summary>Runs the site builder as it watches the sources, and keeps what is served in step with what it built.</summary>
internal sealed class SiteWatch : IAsyncDisposable
{
    private readonly ChildProcess _builder;
    private readonly TextWriter _output;
    private readonly string _folder;
    private readonly WatchedSite _site = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _isEnding;

    private SiteWatch(string source, TextWriter output)
    {
        _folder = Path.Combine(source, "dist");
        _output = output;
        _builder = ChildProcess.Start(
            BuildOutputs.SiteBuilder,
            ["--source", source, "--out", _folder, "--watch"],
            new Dictionary<string, string?>(StringComparer.Ordinal),
            OnLine
        );
    }

    /// <summary>The site as it was last built.</summary>
    public ISite Site => _site;

    /// <summary>Starts it, and waits until the site is built for the first time, or cannot be.</summary>
    /// <param name="source">The folder of the sources.</param>
    /// <exception cref="Refusal">The builder ended.</exception>
    public static async Task<SiteWatch> StartAsync(string source, TextWriter output, CancellationToken stopping)
    {
        var watch = new SiteWatch(source, output);
        try
        {
            var ended = watch._builder.WaitForExitAsync(stopping);
            if (await Task.WhenAny(watch._first.Task, ended).WaitAsync(stopping) == ended)
            {
                throw new Refusal("The sources of the site cannot be watched; the lines above say why.");
            }

            _ = watch.TellEndAsync(ended);
            return watch;
        }
        catch
        {
            await watch.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isEnding = true;
        _site.Dispose();
        await _builder.DisposeAsync();
    }

    /// <summary>Says so where the builder ends before it is told to: nothing that is saved would be seen any more.</summary>
    private async Task TellEndAsync(Task<int> ended)
    {
        try
        {
            var code = await ended;
            if (!_isEnding)
            {
                var problem = $"The site builder has ended ({code}): what is saved is not seen any more. Start again.";
                await _output.WriteLineAsync(problem);
                _site.Fail(problem);
            }
        }
        catch (OperationCanceledException)
        {
            // The product is stopping.
        }
    }

    private void OnLine(string line)
    {
        if (line is not ['{', .., '}'])
        {
            _output.WriteLine(line);
            return;
        }

        using var json = JsonDocument.Parse(line);
        var happened = json.RootElement;
        switch (happened.GetProperty("event").GetString())
        {
            case "log":
                _output.WriteLine(happened.GetProperty("text").GetString());
                break;
            case "built":
                OnBuilt(happened);
                break;
            case "failed":
                var problem = happened.GetProperty("message").GetString() ?? "";
                _output.WriteLine(problem);
                _site.Fail(problem);
                _first.TrySetResult();
                break;
            case "restart":
                _output.WriteLine(
                    $"{happened.GetProperty("file").GetString()} is a part of the site builder: start again to see its change."
                );
                break;
        }
    }

    private void OnBuilt(JsonElement happened)
    {
        try
        {
            if (happened.GetProperty("isNew").GetBoolean() || !_site.HasContent)
            {
                var onlyStyles = happened.GetProperty("onlyStyles").Deserialize<string[]>();
                _site.Show(_folder, onlyStyles, warning => _output.WriteLine($"Warning: {warning}"));
            }
            else
            {
                _site.Recover(); // the mistake was taken back
            }
        }
        catch (Exception e) when (e is Refusal or IOException)
        {
            _output.WriteLine(e.Message);
            _site.Fail(e.Message);
        }

        _first.TrySetResult();
    }
}
