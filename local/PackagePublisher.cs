namespace TimeTagger.Local;

/// <summary>Makes the package that Azure would run.</summary>
internal static class PackagePublisher
{
    private const string Project = "functions/Api";

    /// <returns>The folder of the package.</returns>
    /// <exception cref="Refusal">The build failed; it said why.</exception>
    public static async Task<string> PublishAsync(CancellationToken stopping)
    {
        Console.WriteLine("Making the package for Azure (a minute; the first time it fetches the runtime) ...");
        var project = Path.Combine(BuildOutputs.RepositoryRoot, Project);
        await using var build = ChildProcess.Start(
            Path.Combine(BuildOutputs.DotnetRoot, "dotnet"),
            ["publish", project, "-p:PublishProfile=Azure", "-nologo", "-v", "quiet", "-nodeReuse:false"],
            new Dictionary<string, string?>(StringComparer.Ordinal),
            Console.WriteLine
        );
        build.EndInput();
        return await build.WaitForExitAsync(stopping) == 0
            ? Path.Combine(project, "bin", "azure", "package")
            : throw new Refusal("The package could not be made; the lines above say why.");
    }
}
