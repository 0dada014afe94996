using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace TimeTagger.SiteBuilder.Tools;

/// <summary>What a compiler found wrong, with the file as a path below <c>static-web</c>.</summary>
internal sealed record ToolProblem(string? File, int? Line, string Message);

/// <summary>
/// The npm side of the build (<c>build.mjs</c>) as a process that answers requests. It starts with the first request, so
/// that a build which needs none of it does not pay for it, and stays for the next build.
/// </summary>
internal sealed class ClientTools(string source) : IAsyncDisposable
{
    private Process? _process;
    private StringBuilder _complaints = new();
    private string _version = "";

    /// <summary>Runs a stage.</summary>
    /// <param name="version">Of the scripts and packages that do the work: where it changed, the process is another.</param>
    /// <param name="folder">Where the stage writes its files.</param>
    /// <returns>What the stage tells, or what is wrong with the sources.</returns>
    /// <exception cref="ToolsEndedException">The process ended.</exception>
    public async Task<(JsonElement Result, ToolProblem? Problem)> RunAsync(
        string stage,
        string version,
        string folder,
        object? input,
        CancellationToken cancellation
    )
    {
        if (_process is null || _process.HasExited || _version != version)
        {
            await DisposeAsync();
            _process = Start();
            _version = version;
        }

        try
        {
            var request = JsonSerializer.Serialize(
                new
                {
                    stage,
                    @out = folder,
                    input,
                },
                JsonSerializerOptions.Web
            );
            await _process.StandardInput.WriteLineAsync(request.AsMemory(), cancellation);
            await _process.StandardInput.FlushAsync(cancellation);
            var line = await _process.StandardOutput.ReadLineAsync(cancellation) ?? throw Ended();
            return Answer(line);
        }
        catch (IOException)
        {
            throw Ended();
        }
        catch (OperationCanceledException)
        {
            await DisposeAsync(); // the next answer would be that of this request
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private static (JsonElement Result, ToolProblem? Problem) Answer(string line)
    {
        using var answer = JsonDocument.Parse(line);
        return answer.RootElement.TryGetProperty("error", out var error)
            ? (default, error.Deserialize<ToolProblem>(JsonSerializerOptions.Web))
            : (answer.RootElement.GetProperty("result").Clone(), null);
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("node", [Path.Combine(source, "build.mjs")])
        {
            WorkingDirectory = source,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        start.Environment["NO_COLOR"] = "1";
        var complaints = new StringBuilder();
        _complaints = complaints;
        var process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (complaints)
            {
                complaints.AppendLine(line.Data);
            }
        };
        process.Start();
        process.BeginErrorReadLine();
        return process;
    }

    private ToolsEndedException Ended()
    {
        _process?.WaitForExit(TimeSpan.FromSeconds(1)); // its last words
        lock (_complaints)
        {
            return new ToolsEndedException(_complaints.ToString().Trim());
        }
    }
}
