using System.Diagnostics;

namespace TimeTagger.TestSupport;

/// <summary>The package for Azure, made anew when what it is made of has changed.</summary>
internal static class PublishedPackage
{
    private static readonly string[] SourceKinds = ["*.cs", "*.csproj", "*.json", "*.pubxml", "*.xml", "*.targets"];
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    /// <returns>Its folder.</returns>
    public static Task<string> FolderAsync() => Made.Value;

    private static async Task<string> MakeAsync()
    {
        var root = RootOf(new DirectoryInfo(AppContext.BaseDirectory));
        var output = Path.Combine(root.FullName, "functions", "Api", "bin", "azure");

        // Another test process may be making it.
        await using var turn = await TakeTurnAsync(Directory.CreateDirectory(output));
        var zip = new FileInfo(Path.Combine(output, "timetagger.zip"));
        if (!zip.Exists || zip.LastWriteTimeUtc < LastChange(root))
        {
            await PublishAsync(root);
        }

        return Path.Combine(output, "package");
    }

    private static async Task PublishAsync(DirectoryInfo root)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] arguments = ["publish", "functions/Api", "-p:PublishProfile=Azure", "-nologo", "-nodeReuse:false"];
        var start = new ProcessStartInfo(dotnet, arguments)
        {
            WorkingDirectory = root.FullName,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The package cannot be made: {output}");
        }
    }

    private static DateTime LastChange(DirectoryInfo root) =>
        root.GetDirectories("functions")
            .SelectMany(functions =>
                SourceKinds.SelectMany(kind => functions.EnumerateFiles(kind, SearchOption.AllDirectories))
            )
            .Where(file => !IsBuilt(file.FullName))
            .Concat(root.EnumerateFiles("Directory.*.props"))
            .Append(new FileInfo(Path.Combine(root.FullName, "host.json")))
            .Max(file => file.LastWriteTimeUtc);

    private static bool IsBuilt(string path) => path.Split('/').Any(part => part is "bin" or "obj");

    private static async Task<FileStream> TakeTurnAsync(DirectoryInfo folder)
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
                await Task.Delay(TimeSpan.FromMilliseconds(500));
            }
        }
    }

    private static DirectoryInfo RootOf(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "TimeTagger.sln"))
            ? folder
            : RootOf(folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository."));
}
