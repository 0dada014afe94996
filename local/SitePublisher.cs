namespace TimeTagger.Local;

/// <summary>Builds the site by running the site builder.</summary>
internal static class SitePublisher
{
    /// <returns>The folder of the built site.</returns>
    /// <exception cref="Refusal">The build failed; it said why.</exception>
    public static async Task<string> PublishAsync(TimeProvider time, CancellationToken stopping)
    {
        var source = Path.Combine(BuildOutputs.RepositoryRoot, "static-web");
        var destination = Path.Combine(source, "dist");
        await using var builder = ChildProcess.Start(
            BuildOutputs.SiteBuilder,
            ["--source", source, "--out", destination],
            new Dictionary<string, string?>(StringComparer.Ordinal),
            Console.WriteLine
        );
        builder.EndInput();
        var exitCode = await builder.WaitForExitAsync(stopping);
        if (exitCode != 0)
        {
            // Ctrl-C reaches the whole terminal group: perhaps we are being stopped too, and just do not know yet.
            await Task.Delay(TimeSpan.FromMilliseconds(300), time, stopping);
            throw new Refusal($"The site could not be built (exit code {exitCode}); the lines above say why.");
        }
        return destination;
    }
}
