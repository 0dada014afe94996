using System.Diagnostics;

namespace TimeTagger.Packaging;

/// <summary>The package that Azure would run, made anew when what it is made of has changed.</summary>
internal static class AzurePackage
{
    private const string Project = "functions/Worker";
    private static readonly string[] SourceKinds = ["*.cs", "*.csproj", "*.json", "*.props", "*.targets"];
    private static readonly TimeSpan TurnInterval = TimeSpan.FromMilliseconds(500);

    /// <param name="repository">The root of the repository.</param>
    /// <param name="dotnet">The executable of the .NET SDK.</param>
    /// <param name="onMaking">Told before it is made, which takes a minute.</param>
    /// <param name="cancellation">Gives up; a build that has begun is killed.</param>
    /// <returns>Its folder.</returns>
    /// <exception cref="InvalidOperationException">It cannot be made; the message is what the build has said.</exception>
    public static async Task<string> FolderAsync(
        string repository,
        string dotnet,
        Action onMaking,
        CancellationToken cancellation
    )
    {
        var root = new DirectoryInfo(repository);
        var output = Directory.CreateDirectory(Path.Combine(root.FullName, Project, "bin"));
        var package = Path.Combine(output.FullName, "Release", "net10.0", "linux-x64", "publish");

        // Another process may be making it.
        await using var turn = await TakeTurnAsync(output, cancellation);

        // Its files keep the times of what they were copied from, so a file of ours says when it was made, and whether wholly.
        var made = new FileInfo(Path.Combine(output.FullName, ".package-made"));
        if (!made.Exists || !Directory.Exists(package) || made.LastWriteTimeUtc < LastChange(root))
        {
            onMaking();
            Directory.CreateDirectory(Path.Combine(root.FullName, Project, "obj")); // else the build would change the sources' folder
            var asOf = DateTime.UtcNow;
            made.Delete();
            DeleteOld(package);
            await PublishAsync(root, dotnet, cancellation);
            await File.WriteAllBytesAsync(made.FullName, [], cancellation);
            File.SetLastWriteTimeUtc(made.FullName, asOf);
        }

        return package;
    }

    // What an earlier version had, and this one has not, must not be deployed.
    private static void DeleteOld(string package)
    {
        if (Directory.Exists(package))
        {
            Directory.Delete(package, recursive: true);
        }
    }

    private static async Task PublishAsync(DirectoryInfo root, string dotnet, CancellationToken cancellation)
    {
        string[] arguments = ["publish", Project, "-c", "Release", "-nologo", "-nodeReuse:false"];
        var start = new ProcessStartInfo(dotnet, arguments)
        {
            WorkingDirectory = root.FullName,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        try
        {
            var said = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException(said);
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // A file that is deleted changes its folder.
    private static DateTime LastChange(DirectoryInfo root) =>
        root.GetDirectories("functions")
            .SelectMany(functions =>
                SourceKinds
                    .SelectMany<string, FileSystemInfo>(kind =>
                        functions.EnumerateFiles(kind, SearchOption.AllDirectories)
                    )
                    .Concat(functions.EnumerateDirectories("*", SearchOption.AllDirectories))
            )
            .Where(source => !IsBuilt(source.FullName))
            .Concat(root.EnumerateFiles("Directory.*"))
            .Append(new FileInfo(Path.Combine(root.FullName, "host.json")))
            .Max(source => source.LastWriteTimeUtc);

    private static bool IsBuilt(string path) => path.Split('/').Any(part => part is "bin" or "obj");

    private static async Task<FileStream> TakeTurnAsync(DirectoryInfo folder, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(folder.FullName, ".turn"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (IOException)
            {
                await Task.Delay(TurnInterval, cancellation);
            }
        }
    }
}
