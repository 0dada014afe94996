using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TimeTagger.Emulators;

/// <summary>The packages of <c>tests/package.json</c>.</summary>
internal static class NodePackages
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    /// <summary>The folder <c>tests</c>.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>Runs <c>npm ci</c> unless what is installed is what the lock file says. One process at a time.</summary>
    public static async Task InstallAsync()
    {
        if (IsInstalled())
        {
            return;
        }

        await using var turn = await TakeTurnAsync();
        if (IsInstalled())
        {
            return;
        }

        await RunProgramAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "ci");
    }

    /// <summary>Runs a script of the folder <c>tests</c> to its end.</summary>
    /// <returns>What it printed.</returns>
    public static Task<string> RunAsync(string script, params string[] arguments) =>
        RunProgramAsync("node", [script, .. arguments]);

    private static async Task<string> RunProgramAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
            }
        )!;
        var output = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(),
            process.StandardError.ReadToEndAsync()
        );
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output[0]
            : throw new InvalidOperationException(
                $"{program} {arguments[0]} in tests/ failed: {string.Concat(output)}"
            );
    }

    private static bool IsInstalled()
    {
        var installed = VersionsIn(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        var wanted = VersionsIn(Path.Combine(Folder, "package-lock.json"));
        return wanted.All(package => package.IsOptional || installed.Contains(package));
    }

    private static HashSet<(string Path, string? Version, bool IsOptional)> VersionsIn(string lockFile)
    {
        if (!File.Exists(lockFile))
        {
            return [];
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(lockFile));
        return
        [
            .. document
                .RootElement.GetProperty("packages")
                .EnumerateObject()
                .Where(package => package.Name.Length > 0)
                .Select(package =>
                    (
                        package.Name,
                        package.Value.TryGetProperty("version", out var version) ? version.GetString() : null,
                        package.Value.TryGetProperty("optional", out _)
                    )
                ),
        ];
    }

    // Another test process may be installing: npm removes the folder first, so both would fail.
    private static async Task<FileStream> TakeTurnAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"timetagger-npm-{Convert.ToHexString(HashOf(Folder))}.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(RetryPause);
            }
        }
    }

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text))[..8];

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TimeTagger.sln")))
            {
                return Path.Combine(folder.FullName, "tests");
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
