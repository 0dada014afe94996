using TimeTagger.Emulators;
using TimeTagger.TestSupport;

namespace TimeTagger.Benchmarks;

/// <summary>The server of one machine over a store of its own, with 200 accounts to sign in to.</summary>
internal sealed class Server : IAsyncDisposable
{
    internal const int Accounts = 200;
    internal const string Password = "benchmark";
    internal const string RunningSign = "TimeTagger is running: ";

    // Of that password, at the lowest cost there is: signing in is not what is measured.
    private const string Hash = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.rRH7r.VfGTeaQVOW7aABp7rU63QyljC";

    private readonly RunningProgram _program;
    private readonly DirectoryInfo _folder;

    private Server(RunningProgram program, DirectoryInfo folder, Uri address) =>
        (_program, _folder, Address) = (program, folder, address);

    /// <summary>What it printed for people to open.</summary>
    internal Uri Address { get; }

    /// <summary>What lets people sign in to the accounts, as a variable.</summary>
    internal static KeyValuePair<string, string> Credentials { get; } =
        new("TIMETAGGER_CREDENTIALS", string.Join(',', Enumerable.Range(0, Accounts).Select(i => $"u{i}:{Hash}")));

    /// <summary>The memory of the program and of all that it started and that still runs.</summary>
    internal ProcessMemory Memory => ProcessMemory.Of([_program.Id, .. ProcessTable.Descendants(_program.Id)]);

    /// <summary>Starts what was built with this program, without a site.</summary>
    /// <param name="storage">Variables that say which store it has.</param>
    internal static async Task<Server> StartAsync(IEnumerable<KeyValuePair<string, string>> storage)
    {
        var folder = NewFolder();
        var site = folder.CreateSubdirectory("site");
        return await ReadyAsync([Programs.Local, "--site", site.FullName], storage, folder);
    }

    /// <summary>Starts a build of the program as its users do, with the site.</summary>
    internal static Task<Server> StartAsync(string program) => ReadyAsync([program], [], NewFolder());

    /// <summary>Variables that say that the data lies in an emulator of Azure Storage.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> StorageIn(Azurite emulator) =>
        [new("TIMETAGGER_STORAGE", "azure"), new("TIMETAGGER_STORAGE_CONNECTION", emulator.ConnectionString)];

    /// <summary>Variables that keep a start to a folder of its own and a free port, and end it with its standard input.</summary>
    internal static Dictionary<string, string> PlaceIn(DirectoryInfo folder) =>
        new()
        {
            ["TIMETAGGER_BIND"] = $"127.0.0.1:{RunningProgram.FreePort()}",
            ["TIMETAGGER_DATADIR"] = Path.Combine(folder.FullName, "data"),
            ["TIMETAGGER_STOP_WITH_STDIN"] = "true",
        };

    internal static DirectoryInfo NewFolder() => Directory.CreateTempSubdirectory("timetagger-benchmark-");

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<Server> ReadyAsync(
        IReadOnlyList<string> command,
        IEnumerable<KeyValuePair<string, string>> variables,
        DirectoryInfo folder
    )
    {
        var program = RunningProgram.Start(command, [.. PlaceIn(folder), Credentials, .. variables], RunningSign);
        var line = await program.Ready;
        return new Server(
            program,
            folder,
            new Uri(line[(line.IndexOf(RunningSign, StringComparison.Ordinal) + RunningSign.Length)..])
        );
    }
}
