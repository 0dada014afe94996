using System.Collections.Concurrent;
using System.Diagnostics;
using TimeTagger.Emulators;
using TimeTagger.TestSupport;

namespace TimeTagger.Api.Tests.Server;

/// <summary>
/// Whether the tests talk to the server of one machine or, where <c>TIMETAGGER_TEST_HOST</c> is <c>functions</c>, to the
/// emulator of the Functions host with the package for Azure. That has no embedded store: what would lie in a folder lies in
/// a storage account of its own there, of one Azurite that ends with the tests.
/// </summary>
internal static class HostUnderTest
{
    // More than there are folders in a run of all tests.
    private const int Accounts = 800;

    private static readonly Lazy<Task<Azurite>> Storage = new(() => Azurite.StartAsync(moreAccounts: Accounts));
    private static readonly ConcurrentDictionary<string, int> Folders = new(StringComparer.Ordinal);
    private static int _next = -1;

    internal static readonly bool IsFunctions = Environment.GetEnvironmentVariable("TIMETAGGER_TEST_HOST") switch
    {
        null or "" => false,
        "functions" => true,
        var other => throw new InvalidOperationException($"TIMETAGGER_TEST_HOST: '{other}' is not functions."),
    };

    /// <summary>How it is started, to listen on a port.</summary>
    internal static async Task<ProcessStartInfo> StartInfoAsync(
        int port,
        IReadOnlyDictionary<string, string?> variables
    )
    {
        if (!IsFunctions)
        {
            return ProgramStart.OfLocal(variables);
        }

        string[] args = ["--package", await PublishedPackage.FolderAsync(), "--port", $"{port}", "--stop_with_stdin"];
        return ProgramStart.OfFunctionsHost(variables, args);
    }

    /// <summary>How a server with that data folder reaches its store, where nothing else is said.</summary>
    internal static async Task<Dictionary<string, string?>> StoreAsync(string dataFolder)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["TIMETAGGER_DATADIR"] = dataFolder };
        if (IsFunctions)
        {
            var account = Folders.GetOrAdd(dataFolder, _ => Interlocked.Increment(ref _next));
            var connection = (await Storage.Value).ConnectionOf(account);
            variables["TIMETAGGER_STORAGE"] = "azure";
            variables["TIMETAGGER_STORAGE_CONNECTION"] = connection;
            variables["AzureWebJobsStorage"] = connection;
        }

        return variables;
    }
}
