using System.Globalization;
using TimeTagger.Api.Hosting;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Checking;

/// <summary>The verb <c>check</c>: reads every journal and says what is wrong. It starts no server and only reads.</summary>
internal static class CheckCommand
{
    private const int Sound = 0;
    private const int Wrong = 1;

    /// <summary>Writes a line for each finding, then one that sums up.</summary>
    /// <param name="args">The command line after the verb: settings.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="Exception">One that <see cref="TimeTaggerApi.IsForThePerson"/>: it could not be checked.</exception>
    internal static Task<int> RunAsync(
        IReadOnlyList<string> args,
        Func<string, string?> variable,
        TextWriter output,
        CancellationToken cancellation
    ) => ApiStorage.UseAsync(args, variable, (storage, _) => CheckAsync(storage, output, cancellation));

    /// <summary>The same for a store that is open.</summary>
    internal static async Task<int> CheckAsync(
        StorageAccount storage,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        var checker = new JournalChecker(storage);
        var findings = 0;
        await foreach (var finding in checker.CheckAsync(cancellation))
        {
            findings++;
            await output.WriteLineAsync($"{finding.Account}: {finding.Problem}");
        }

        await output.WriteLineAsync(Summary(checker, findings));
        return findings == 0 ? Sound : Wrong;
    }

    private static string Summary(JournalChecker checker, int findings)
    {
        var (accounts, entries, items) = checker.Seen;
        var orphans = checker.Orphans == 0 ? "" : $", {Count(checker.Orphans, "blob", "blobs")} that no entry names";
        var verdict = findings == 0 ? "nothing wrong" : Count(findings, "finding", "findings");
        return $"{Count(accounts, "account", "accounts")}, {Count(entries, "entry", "entries")}, "
            + $"{Count(items, "item", "items")} in force{orphans}: {verdict}.";
    }

    private static string Count(long number, string one, string many) =>
        $"{number.ToString("N0", CultureInfo.InvariantCulture)} {(number == 1 ? one : many)}";
}
