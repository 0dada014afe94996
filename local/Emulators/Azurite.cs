using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TimeTagger.Emulators;

/// <summary>
/// Azurite, the emulator of Azure Storage, on free ports, with everything in a folder or in memory, and a clock that a
/// test can move. It ends with this object, or with this process however that ends.
/// </summary>
public sealed partial class Azurite : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";

    // The emulator's key, as its documentation prints it: no secret.
    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);

    // Above what tests/azurite.cjs gives itself to save.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly bool _saves;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IReadOnlyDictionary<string, string> _addresses = new Dictionary<string, string>();

    private Azurite(Process process, bool saves) => (_process, _saves) = (process, saves);

    /// <summary>How a client reaches it.</summary>
    public string ConnectionString => Connection(Account);

    /// <summary>How a client reaches one of the accounts that it has beside its own, counted from 0.</summary>
    public string ConnectionOf(int account) => Connection(Name(account));

    /// <summary>Starts it; installs the packages of <c>tests/package.json</c> first when they are missing or outdated.</summary>
    /// <param name="folder">Where it keeps its data; null keeps it in memory.</param>
    /// <param name="moreAccounts">How many accounts it has beside its own, for <see cref="ConnectionOf"/>.</param>
    public static async Task<Azurite> StartAsync(string? folder = null, int moreAccounts = 0)
    {
        await NodePackages.InstallAsync();
        string[] place = folder is null ? ["--inMemoryPersistence"] : ["--location", folder];
        string[] ports = ["--blobPort", "0", "--queuePort", "0", "--tablePort", "0"];
        string[] manners = ["--silent", "--skipApiVersionCheck", "--disableTelemetry"];
        var process = Process.Start(
            new ProcessStartInfo("node", ["azurite.cjs", .. ports, .. manners, .. place])
            {
                WorkingDirectory = NodePackages.Folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["AZURITE_ACCOUNTS"] = AccountList(moreAccounts) },
            }
        );
        var azurite = new Azurite(
            process ?? throw new InvalidOperationException("Node did not start."),
            saves: folder is not null
        );
        try
        {
            await azurite.ReadAddressesAsync();
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>The time it believes in.</summary>
    public Task<DateTimeOffset> NowAsync() => AskAsync("now");

    /// <summary>Moves its clock.</summary>
    public Task AdvanceAsync(TimeSpan time) =>
        AskAsync(string.Create(CultureInfo.InvariantCulture, $"advance {Math.Ceiling(time.TotalMilliseconds)}"));

    /// <summary>Ends it. What lies in a folder is saved first: while it runs, it saves every few seconds only.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_saves && !_process.HasExited)
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(StopPatience);
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _turn.Dispose();
    }

    private async Task ReadAddressesAsync()
    {
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        while (addresses.Count < 3)
        {
            var match = Listening().Match(await ReadLineAsync());
            if (match.Success)
            {
                addresses.Add(match.Groups["service"].Value, match.Groups["address"].Value);
            }
        }

        _addresses = addresses;
    }

    private string Connection(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};"
        + string.Join(';', _addresses.Select(address => $"{address.Key}Endpoint={address.Value}/{account}"));

    private static string Name(int account) => string.Create(CultureInfo.InvariantCulture, $"account{account}");

    private static string AccountList(int more) =>
        string.Join(';', Enumerable.Range(0, more).Select(Name).Prepend(Account).Select(name => $"{name}:{Key}"));

    private async Task<DateTimeOffset> AskAsync(string line)
    {
        await _turn.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
            while (true)
            {
                if (await ReadLineAsync() is ['c', 'l', 'o', 'c', 'k', ' ', .. var time])
                {
                    return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time, CultureInfo.InvariantCulture));
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(StartPatience)
        ?? throw new InvalidOperationException("Azurite has ended; run tests/azurite.cjs to see why.");

    [GeneratedRegex(
        "Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>http://[0-9.:]+)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Listening();
}
