using TimeTagger.Emulators;
using TimeTagger.FunctionsHost.Tests.Emulator;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Product;

/// <summary>The package that Azure would run, under two hosts on one Azurite, as two instances are in Azure.</summary>
public sealed class PackageOfTheProduct : IAsyncLifetime, IDisposable
{
    internal const string MasterKey = "master";

    // The password is U*U: a published test vector of bcrypt.
    private const string Hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    private readonly TemporaryFolder _folder = new();
    private Azurite _azurite = null!;

    internal string Storage => _azurite.ConnectionString;

    /// <summary>The folder of the package.</summary>
    internal string Package { get; private set; } = "";

    /// <summary>Home, temporary folder and data folder of the worker.</summary>
    internal string Scratch => Path.Combine(_folder.Path, "scratch");

    internal HostProgram Host { get; private set; } = null!;

    internal HostProgram Other { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _azurite = await Azurite.StartAsync();
        Package = await PublishedPackage.FolderAsync();
        Directory.CreateDirectory(Scratch);
        _folder.Write("keys/host.json", $$"""{"masterKey":{"value":"{{MasterKey}}"},"functionKeys":[]}""");
        (Host, Other) = (Start(), Start());
        await Host.LineAsync("The worker is ready.");
        await Other.LineAsync("The worker is ready.");
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Other.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A further host, with other or more settings.</summary>
    internal HostProgram Start(params (string Name, string? Value)[] settings) =>
        HostProgram.Start(Package, [.. Settings(), .. settings]);

    private (string, string?)[] Settings() =>
        [
            ("AzureWebJobsStorage", Storage),
            ("TIMETAGGER_STORAGE", "azure"),
            ("TIMETAGGER_STORAGE_CONNECTION", Storage),
            ("TIMETAGGER_CREDENTIALS", $"ann:{Hash},bob:{Hash}"),
            ("TIMETAGGER_LOG_LEVEL", "debug"),
            ("TIMETAGGER_DATADIR", Path.Combine(Scratch, "data")),
            ("FUNCTIONS_SECRETS_PATH", Path.Combine(_folder.Path, "keys")),
            ("HOME", Scratch),
            ("TMPDIR", Scratch),
            // The runtime's own sockets for debuggers, not files of ours.
            ("DOTNET_EnableDiagnostics", "0"),
        ];
}
