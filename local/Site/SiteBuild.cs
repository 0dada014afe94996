namespace TimeTagger.Local.Site;

/// <summary>The site as it is served when nobody watches its sources: built once, by the site builder.</summary>
internal static class SiteBuild
{
    /// <param name="folder">A built site; null for the one beside this program, or the repository's, built where it changed.</param>
    /// <param name="output">Gets what the builder says, and warnings.</param>
    /// <exception cref="Refusal">It cannot be built or used.</exception>
    public static async Task<ISite> LoadAsync(string? folder, TextWriter output, CancellationToken stopping)
    {
        folder ??= BuildOutputs.PublishedSite ?? await BuildAsync(output, stopping);
        return StaticSite.Load(folder, warning => output.WriteLine($"Warning: {warning}"));
    }

    private static async Task<string> BuildAsync(TextWriter output, CancellationToken stopping)
    {
        var source = Path.Combine(BuildOutputs.RepositoryRoot, "static-web");
        var destination = Path.Combine(source, "dist");
        await using var builder = ChildProcess.Start(
            BuildOutputs.SiteBuilder,
            ["--source", source, "--out", destination],
            new Dictionary<string, string?>(StringComparer.Ordinal),
            output.WriteLine
        );
        builder.EndInput();
        var exitCode = await builder.WaitForExitAsync(stopping);
        if (exitCode != 0)
        {
            throw new Refusal($"The site could not be built (exit code {exitCode}); the lines above say why.");
        }

        return destination;
    }
}
