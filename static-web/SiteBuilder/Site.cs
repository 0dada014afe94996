using System.Diagnostics;
using System.Text.Json;
using TimeTagger.SiteBuilder.App;
using TimeTagger.SiteBuilder.Assets;
using TimeTagger.SiteBuilder.Checks;
using TimeTagger.SiteBuilder.Deployment;
using TimeTagger.SiteBuilder.Output;
using TimeTagger.SiteBuilder.Pages;
using TimeTagger.SiteBuilder.Stages;
using TimeTagger.SiteBuilder.Tools;

namespace TimeTagger.SiteBuilder;

/// <summary>Builds the site: pages, styles, scripts, the service worker and the configuration of Static Web Apps.</summary>
internal sealed class Site(SiteOptions options) : IAsyncDisposable
{
    private const string ClientConfigName = "config.json";

    private readonly ClientTools _tools = new(options.Source);
    private string? _nodeVersion;
    private Inputs? _last;

    /// <summary>Builds the site, or returns null where it is built from these very inputs already.</summary>
    /// <exception cref="SiteBuildException">Something is wrong that a person can put right.</exception>
    public async Task<BuildResult?> BuildAsync(TextWriter log, CancellationToken cancellation)
    {
        _nodeVersion ??= await NodeTools.CheckAsync(cancellation);
        var folder = new SiteFolder(options.Out);
        using var turn = await folder.EnterAsync(log, cancellation);
        var inputs = Inputs.Of(options, _nodeVersion);
        if (folder.IsBuiltFrom(inputs.Everything))
        {
            _last = inputs;
            return null;
        }

        await ClientPackages.InstallAsync(options.Source, log, cancellation);
        await log.WriteAsync("Building the site … ");
        await log.FlushAsync(cancellation);
        var watch = Stopwatch.StartNew();
        ClientAssets assets;
        try
        {
            assets = await WriteAsync(inputs, folder, cancellation);
            folder.Complete(inputs.Everything);
        }
        catch
        {
            await log.WriteLineAsync("failed");
            folder.Discard();
            throw;
        }

        await log.WriteLineAsync($"{watch.Elapsed.TotalSeconds:0.0} s");
        var onlyStyles = _last is not null && _last with { Styles = inputs.Styles } == inputs;
        _last = inputs;
        return new BuildResult(onlyStyles ? [.. assets.Styles.Values.Select(path => $"/{path}")] : null);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _tools.DisposeAsync();

    private async Task<ClientAssets> WriteAsync(Inputs inputs, SiteFolder folder, CancellationToken cancellation)
    {
        var store = new StageStore(folder.Stages);
        var client = new ClientStages(options, store, _tools, inputs);
        var scripts = await client.ScriptsAsync(cancellation);
        var worker = await client.WorkerAsync(cancellation);
        var fonts = await client.FontsAsync(cancellation);
        var styles = await client.StylesAsync(fonts.Value, cancellation);
        var files = await client.FilesAsync(cancellation);
        var assets = new ClientAssets(scripts.Value, styles.Value, files.Value.Concat(fonts.Value).ToDictionary());
        var sources = PageFolder.Read(options);
        var pages = await PagesAsync(store, client, inputs, assets, sources, cancellation);

        var target = folder.Begin();
        foreach (var made in (string[])[scripts.Folder, fonts.Folder, styles.Folder, files.Folder, pages.Folder])
        {
            SiteFolder.Copy(made, target);
        }

        var config = SiteConfig.ForStaticWebApps(
            options.NameOf(SiteOptions.ConfigName),
            await ReadAsync(SiteOptions.ConfigName, cancellation),
            options.Deployment
        );
        await WriteAsync(SiteOptions.ConfigName, config);
        await WriteAsync(ClientConfigName, SiteConfig.ForClient(options.Deployment, await VersionAsync(cancellation)));
        await WriteAsync(WebManifest.Path, WebManifest.Write(assets));
        var app = AppFiles.Of(target, sources, assets, Needed(assets));
        await WriteAsync(ServiceWorker.Path, ServiceWorker.Write(target, app, config, worker.Value.Code));
        return assets;

        Task WriteAsync(string path, string text)
        {
            var file = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? target);
            return File.WriteAllTextAsync(file, text, cancellation);
        }
    }

    /// <summary>What the app fetches although no page refers to it.</summary>
    private static IEnumerable<string> Needed(ClientAssets assets) =>
        [$"/{ClientConfigName}", $"/{WebManifest.Path}", .. WebManifest.IconAddresses(assets)];

    /// <summary>The pages, rendered and checked: what has been kept has passed.</summary>
    private static Task<StageResult<IReadOnlyList<string>>> PagesAsync(
        StageStore store,
        ClientStages client,
        Inputs inputs,
        ClientAssets assets,
        IReadOnlyList<PageSource> sources,
        CancellationToken cancellation
    ) =>
        store.GetAsync<IReadOnlyList<string>>(
            "pages",
            Inputs.Hash(inputs.Program, inputs.Tools, inputs.Pages, JsonSerializer.Serialize(assets)),
            async (folder, stop) =>
            {
                await using var renderer = new PageRenderer(
                    assets,
                    client.Icons,
                    sources,
                    new SourceLinks(client.Root, sources)
                );
                var markup = await client.CodeAsync(renderer.Code, stop);
                var pages = await renderer.RenderAsync(markup);
                SiteCheck.Check(pages, [.. AddressesOf(assets), .. Needed(assets), $"/{ServiceWorker.Path}"]);
                foreach (var page in pages)
                {
                    var path = Path.Combine(folder, page.Source.Path);
                    Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
                    await File.WriteAllTextAsync(path, page.Html, stop);
                }

                return [.. pages.Select(page => page.Source.Path)];
            },
            cancellation
        );

    private static IEnumerable<string> AddressesOf(ClientAssets assets) =>
        assets
            .Scripts.Values.SelectMany(script => script.Everything.Prepend(script.File))
            .Concat(assets.Styles.Values)
            .Concat(assets.Files.Values)
            .Select(path => $"/{path}");

    /// <summary>The client's version: that of its package.</summary>
    private async Task<string> VersionAsync(CancellationToken cancellation)
    {
        using var package = JsonDocument.Parse(await ReadAsync("package.json", cancellation));
        return package.RootElement.GetProperty("version").GetString() ?? "";
    }

    private async Task<string> ReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(Path.Combine(options.Source, name), cancellation);
        }
        catch (FileNotFoundException)
        {
            throw new SiteConfigException(
                options.NameOf(name),
                null,
                "The file is missing. Restore it from the repository."
            );
        }
    }
}
