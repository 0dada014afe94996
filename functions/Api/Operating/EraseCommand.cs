using System.Security.Cryptography;
using TimeTagger.Api.Hosting;
using TimeTagger.Configuration;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Maintenance;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Operating;

/// <summary>
/// The verb <c>erase</c>: deletes all that an account holds. It may run beside the product, which learns of it from the
/// journal.
/// </summary>
internal static class EraseCommand
{
    private const string Confirmation = "--yes";
    private const int Erased = 0;
    private const int NothingErased = 1;

    /// <summary>Says which account it is and what becomes of it, and with the confirmation does that.</summary>
    /// <exception cref="Exception">One that <see cref="TimeTaggerApi.IsForThePerson"/>: it could not be erased.</exception>
    internal static Task<int> RunAsync(
        IReadOnlyList<string> args,
        Func<string, string?> variable,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        if (args.Count == 0 || args[0].StartsWith("--", StringComparison.Ordinal))
        {
            throw new ConfigurationException("erase needs an account: its name, exactly, or its key.");
        }

        var isConfirmed = args.Skip(1).Contains(Confirmation);
        return ApiStorage.UseAsync(
            [.. args.Skip(1).Where(arg => arg != Confirmation)],
            variable,
            async (storage, embedded) =>
            {
                var code = await EraseAsync(storage, args[0], isConfirmed, output, cancellation);
                if (code == Erased && embedded is not null)
                {
                    await EmptyLogAsync(embedded, output);
                }

                return code;
            }
        );
    }

    private static async Task<int> EraseAsync(
        StorageAccount storage,
        string text,
        bool isConfirmed,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        using var random = RandomNumberGenerator.Create();
        var memory = new MemoryBudget(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, TimeProvider.System);
        var journal = new AccountJournal(storage, memory, TimeProvider.System, random);
        using var reading = await FindAsync(journal, text, cancellation);
        if (reading is null)
        {
            await output.WriteLineAsync(
                $"There is no account '{TerminalText.Of(text)}'. The verb accounts lists what there is."
            );
            return NothingErased;
        }

        var erasure = new Erasure(storage, journal, TimeProvider.System);
        if (await erasure.IsBegunAsync(reading, cancellation))
        {
            await output.WriteLineAsync(
                $"The account '{TerminalText.Of(text)}' is being erased already; the next sweep goes on with it."
            );
            return NothingErased;
        }

        await output.WriteLineAsync(
            $"The account '{TerminalText.Of(reading.Head.Name)}' ({reading.Account.Value}), used since {Day(reading.Head.Created.Seconds)}, "
                + $"with {reading.Newest.Number - reading.Head.First + 1} changes in its journal."
        );
        if (!isConfirmed)
        {
            await output.WriteLineAsync(
                "Its records, its settings, their history and its tokens would be erased, for good. "
                    + $"Nothing has been: that takes {Confirmation}."
            );
            return NothingErased;
        }

        await EraseAsync(erasure, reading, cancellation);
        await output.WriteLineAsync(
            "Erased, for good: its records, settings, history and tokens. Signing in begins a new, empty account. The "
                + "numbers and times of its changes go in a day, with a sweep of the server."
        );
        return Erased;
    }

    private static async Task EraseAsync(Erasure erasure, AccountReading reading, CancellationToken cancellation)
    {
        try
        {
            await erasure.EraseAsync(reading, cancellation);
        }
        catch (StorageUnavailableException e)
        {
            throw new StorageUnavailableException(
                $"{e.Message} The account is not erased yet, or only in part. Ask again: what has been begun, a sweep of "
                    + "the server finishes.",
                e
            );
        }
    }

    // A key looks like a name that somebody may have: then both are looked for.
    private static async Task<AccountReading?> FindAsync(
        AccountJournal journal,
        string text,
        CancellationToken cancellation
    )
    {
        var byName = await ReadAsync(journal, text, AccountKey.Local, cancellation);
        var byKey = await ReadAsync(journal, text, AccountKey.Parse, cancellation);
        if (byName is null || byKey is null)
        {
            return byName ?? byKey;
        }

        using (byName)
        using (byKey)
        {
            throw new ConfigurationException(
                $"'{TerminalText.Of(text)}' is the name of an account and the key of another. Say '{byName.Account.Value}' for the first, or "
                    + $"'{TerminalText.Of(byKey.Head.Name)}' for the other."
            );
        }
    }

    private static async Task<AccountReading?> ReadAsync(
        AccountJournal journal,
        string text,
        Func<string, AccountKey> toKey,
        CancellationToken cancellation
    )
    {
        AccountKey account;
        try
        {
            account = toKey(text);
        }
        catch (FormatException)
        {
            return null;
        }

        var reading = await journal.ReadAsync(account, cancellation);
        if (reading is not { Head.Life: AccountLife.Erased })
        {
            return reading;
        }

        reading.Dispose();
        return null;
    }

    private static async Task EmptyLogAsync(EmbeddedStorage embedded, TextWriter output)
    {
        if (!embedded.TryEmptyLog())
        {
            await output.WriteLineAsync(
                "The file's log was in use all the time. What was erased is in it until the server stops."
            );
        }
    }

    private static string Day(double seconds) =>
        DateTimeOffset
            .FromUnixTimeSeconds((long)seconds)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
