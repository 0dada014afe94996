using System.Text.Json;
using TimeTagger.SiteBuilder.Assets;
using TimeTagger.SiteBuilder.Tools;

namespace TimeTagger.SiteBuilder.Stages;

/// <summary>The stages that the npm side runs, each only when what it depends on has changed.</summary>
internal sealed class ClientStages(SiteOptions options, StageStore store, ClientTools tools, Inputs inputs)
{
    private delegate SiteBuildException Failure(string? file, int? line, string message);

    /// <summary>The icons for pages.</summary>
    public Icons Icons { get; } = new(options.Source);

    /// <summary>The folder of the repository.</summary>
    public string Root => options.Root;

    /// <exception cref="ScriptException">A script has an error.</exception>
    public Task<StageResult<Dictionary<string, ScriptAsset>>> ScriptsAsync(CancellationToken cancellation) =>
        RunAsync<Dictionary<string, ScriptAsset>>(
            "scripts",
            inputs.Scripts,
            (file, line, message) => new ScriptException(file, line, message),
            cancellation
        );

    /// <summary>The service worker, without the list of what it keeps.</summary>
    /// <exception cref="ScriptException">The worker has an error.</exception>
    public Task<StageResult<WorkerCode>> WorkerAsync(CancellationToken cancellation) =>
        RunAsync<WorkerCode>(
            "worker",
            inputs.Worker,
            (file, line, message) => new ScriptException(file, line, message),
            cancellation
        );

    /// <summary>The fonts, cut down; which ones is said in the tools themselves.</summary>
    /// <exception cref="AssetFileException">A font cannot be cut down.</exception>
    public Task<StageResult<Dictionary<string, string>>> FontsAsync(CancellationToken cancellation) =>
        RunAsync<Dictionary<string, string>>(
            "fonts",
            "",
            (file, line, message) => new AssetFileException(file, line, message),
            cancellation
        );

    /// <param name="fonts">What the style sheets may refer to.</param>
    /// <exception cref="StyleException">A style sheet has an error.</exception>
    public Task<StageResult<Dictionary<string, string>>> StylesAsync(
        IReadOnlyDictionary<string, string> fonts,
        CancellationToken cancellation
    ) =>
        RunAsync<Dictionary<string, string>>(
            "styles",
            inputs.Styles,
            (file, line, message) => new StyleException(file, line, message),
            cancellation,
            fonts
        );

    /// <exception cref="AssetFileException">A file cannot be taken over.</exception>
    public Task<StageResult<Dictionary<string, string>>> FilesAsync(CancellationToken cancellation) =>
        RunAsync<Dictionary<string, string>>(
            "files",
            inputs.Files,
            (file, line, message) => new AssetFileException(file, line, message),
            cancellation
        );

    /// <summary>The code of all pages, marked up.</summary>
    public async Task<CodeMarkup> CodeAsync(IReadOnlyList<CodeText> blocks, CancellationToken cancellation)
    {
        var result = await RunAsync<CodeMarkup>(
            "code",
            "",
            (file, line, message) => new AssetFileException(file, line, message),
            cancellation,
            new { blocks }
        );
        return result.Value;
    }

    private Task<StageResult<T>> RunAsync<T>(
        string stage,
        string sources,
        Failure failure,
        CancellationToken cancellation,
        object? input = null
    ) =>
        store.GetAsync(
            stage,
            Inputs.Hash(inputs.Program, inputs.Tools, sources, JsonSerializer.Serialize(input)),
            async (folder, stop) =>
            {
                var (result, problem) = await tools.RunAsync(stage, inputs.Tools, folder, input, stop);
                if (problem is not null)
                {
                    var file = problem.File is null ? null : options.NameOf(problem.File);
                    throw failure(file, problem.Line, problem.Message.TrimEnd('.') + ".");
                }

                return result.Deserialize<T>(JsonSerializerOptions.Web)
                    ?? throw new ToolsEndedException($"The stage {stage} had no result.");
            },
            cancellation
        );
}
