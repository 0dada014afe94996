using TimeTagger.Emulators;
using TimeTagger.FunctionsHost.Tests.Emulator;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Product;

/// <summary>The package that Azure would run, under a host for each shape, on one Azurite.</summary>
public sealed class PackageOfTheProduct : IAsyncLifetime, IDisposable
{
    // The password is U*U: a published test vector of bcrypt.
    private const string Hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, HostProgram> _hosts = new(StringComparer.Ordinal);
    private Azurite _azurite = null!;

    internal string Storage => _azurite.ConnectionString;

    /// <summary>A copy of the package in which only the clock is faster.</summary>
    internal string Package => Path.Combine(_folder.Path, "package");

    /// <summary>Home, temporary folder and data folder of the handler.</summary>
    internal string Scratch => Path.Combine(_folder.Path, "scratch");

    internal HostProgram Host(string shape) => _hosts[shape];

    public async Task InitializeAsync()
    {
        _azurite = await Azurite.StartAsync();
        await CopyAsync(await PublishedPackage.FolderAsync());
        Directory.CreateDirectory(Scratch);
        foreach (var shape in new[] { "forwarding", "proxying" })
        {
            _hosts[shape] = HostProgram.Start(Package, Settings(), "--shape", shape);
            await _hosts[shape].LineAsync("The handler is ready.");
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await host.DisposeAsync();
        }

        await _azurite.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    internal (string, string?)[] Settings() =>
        [
            ("AzureWebJobsStorage", Storage),
            ("TIMETAGGER_STORAGE", "azure"),
            ("TIMETAGGER_STORAGE_CONNECTION", Storage),
            ("TIMETAGGER_CREDENTIALS", $"ann:{Hash},bob:{Hash}"),
            ("TIMETAGGER_STOP_WITH_STDIN", "true"),
            ("TIMETAGGER_LOG_LEVEL", "debug"),
            ("TIMETAGGER_DATADIR", Path.Combine(Scratch, "data")),
            ("HOME", Scratch),
            ("TMPDIR", Scratch),
            // The runtime's own sockets for debuggers, not files of ours.
            ("DOTNET_EnableDiagnostics", "0"),
        ];

    private async Task CopyAsync(string from)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Package, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var sweep = Path.Combine(Package, "Sweep", "function.json");
        var text = await File.ReadAllTextAsync(sweep);
        Assert.Contains("0 */15 * * * *", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(sweep, text.Replace("0 */15 * * * *", "* * * * * *", StringComparison.Ordinal));
    }
}
