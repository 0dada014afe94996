using System.Diagnostics;
using System.Text.Json;
using TimeTagger.SiteBuilder.Assets;
using TimeTagger.SiteBuilder.Output;
using TimeTagger.SiteBuilder.Pages;

namespace TimeTagger.SiteBuilder;

/// <summary>Builds the site: pages, styles, scripts and the configuration of Static Web Apps.</summary>
internal static class Site
{
    private const string ConfigName = "staticwebapp.config.json";

    /// <summary>Builds the site, unless it is built from these very inputs already; whether it did.</summary>
    /// <exception cref="SiteBuildException">Something is wrong that a person can put right.</exception>
    public static async Task<bool> BuildAsync(SiteOptions options, TextWriter log, CancellationToken cancellation)
    {
        var nodeVersion = await NodeTools.CheckAsync(cancellation);
        var folder = new SiteFolder(options.Out);
        using var turn = await folder.EnterAsync(log, cancellation);
        var fingerprint = await Fingerprint.OfAsync(options.Source, nodeVersion, cancellation);
        if (folder.IsBuiltFrom(fingerprint))
        {
            return false;
        }

        await ClientPackages.InstallAsync(options.Source, log, cancellation);
        await log.WriteAsync("Building the site … ");
        await log.FlushAsync(cancellation);
        var watch = Stopwatch.StartNew();
        try
        {
            await WriteAsync(options.Source, folder.Begin(), cancellation);
            folder.Complete(fingerprint);
        }
        catch
        {
            await log.WriteLineAsync("failed");
            folder.Discard();
            throw;
        }

        await log.WriteLineAsync($"{watch.Elapsed.TotalSeconds:0.0} s");
        return true;
    }

    private static async Task WriteAsync(string source, string target, CancellationToken cancellation)
    {
        var assets = await ClientAssets.BuildAsync(source, target, cancellation);
        var pages = await ReadPagesAsync(source, cancellation);
        await using var renderer = new PageRenderer(assets, new Icons(source), pages);
        foreach (var page in pages)
        {
            var path = Path.Combine(target, page.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? target);
            await File.WriteAllTextAsync(path, await renderer.RenderAsync(page), cancellation);
        }

        await File.WriteAllTextAsync(Path.Combine(target, ConfigName), ReadConfig(source), cancellation);
    }

    private static async Task<List<PageSource>> ReadPagesAsync(string source, CancellationToken cancellation)
    {
        var folder = Path.Combine(source, "pages");
        var pages = new List<PageSource>();
        foreach (
            var file in Directory
                .EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
        )
        {
            var path = Path.ChangeExtension(Path.GetRelativePath(folder, file), ".html").Replace('\\', '/');
            var name = $"pages/{Path.ChangeExtension(path, ".md")}";
            pages.Add(PageSource.Parse(name, path, await File.ReadAllTextAsync(file, cancellation)));
        }

        return pages;
    }

    private static string ReadConfig(string source)
    {
        var file = Path.Combine(source, ConfigName);
        try
        {
            var text = File.ReadAllText(file).ReplaceLineEndings("\n");
            using var document = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException e)
        {
            throw new SiteConfigException($"{ConfigName}({e.LineNumber + 1})", "This is not JSON. Correct that line.");
        }
        catch (FileNotFoundException)
        {
            throw new SiteConfigException(ConfigName, "The file is missing. Restore it from the repository.");
        }
    }
}
