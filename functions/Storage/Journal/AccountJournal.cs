using System.Buffers.Text;
using System.Security.Cryptography;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>
/// The accounts and their journals: every read and every commit of the product goes through here. One row is one
/// commit, its number is its version, and inserting it is the only lock (docs/storage.md).
/// </summary>
public sealed class AccountJournal
{
    private readonly StorageAccount _storage;
    private readonly TimeProvider _clock;
    private readonly RandomNumberGenerator _random;
    private readonly JournalReader _reader;
    private readonly JournalWriter _writer;
    private readonly Quota _quota;

    /// <summary>Opens the journals of a store.</summary>
    /// <param name="storage">Where they lie.</param>
    /// <param name="budget">What may be remembered of accounts.</param>
    /// <param name="clock">The time.</param>
    /// <param name="random">Where seeds, commit ids and jitter come from.</param>
    /// <param name="quota">How much each account may hold; null for no limit.</param>
    public AccountJournal(
        StorageAccount storage,
        MemoryBudget budget,
        TimeProvider clock,
        RandomNumberGenerator random,
        Quota? quota = null
    )
        : this(storage, budget, clock, random, quota ?? Quota.None, Thresholds.Usual) { }

    /// <summary>The same with other thresholds, so that a proof can do with small accounts.</summary>
    internal AccountJournal(
        StorageAccount storage,
        MemoryBudget budget,
        TimeProvider clock,
        RandomNumberGenerator random,
        Quota quota,
        Thresholds thresholds
    )
    {
        ArgumentNullException.ThrowIfNull(storage);
        (_storage, Memory, _clock, _random, _quota, Thresholds) = (storage, budget, clock, random, quota, thresholds);
        _reader = new JournalReader(storage, budget, clock);
        _writer = new JournalWriter(storage, _reader, clock, random, thresholds);
    }

    /// <summary>What this process may hold of accounts in memory.</summary>
    internal MemoryBudget Memory { get; }

    /// <summary>From what size on accounts are kept in another way.</summary>
    internal Thresholds Thresholds { get; }

    /// <summary>The account, up to date, or null when there is none.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer.</exception>
    /// <exception cref="NewerFormatException">A newer program wrote the account.</exception>
    public async Task<AccountReading?> ReadAsync(AccountKey account, CancellationToken cancellation) =>
        (await _reader.ReadAsync(account, cancellation)).Reading;

    /// <summary>What maintenance decides by; null when there is no such account.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer.</exception>
    /// <exception cref="NewerFormatException">A newer program wrote the account.</exception>
    internal Task<AccountGlance?> GlanceAsync(AccountKey account, CancellationToken cancellation) =>
        _reader.GlanceAsync(account, cancellation);

    /// <summary>The account, made if there was none.</summary>
    /// <param name="account">Which account.</param>
    /// <param name="name">The name to show.</param>
    /// <param name="kid">The signing key that its API token shall be signed with.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="StorageUnavailableException">The storage did not answer, or the account is being erased.</exception>
    public async Task<AccountReading> OpenAsync(
        AccountKey account,
        string name,
        string kid,
        CancellationToken cancellation
    )
    {
        var (reading, skew) = await _reader.ReadAsync(account, cancellation);
        if (reading is { Head.Life: AccountLife.InUse, State.IsClosed: false })
        {
            return reading;
        }

        var created = ServerTime.From(_clock.GetUtcNow() + skew);
        using (reading)
        {
            if (reading is not null)
            {
                return await ReviveAsync(reading.Account, name, kid, created, cancellation);
            }
        }

        var head = new AccountHead(created, 1, name, NewSeed(), NewSeed(), kid, AccountHead.KnownFormat);

        // The list first: a sweep may find an account that is not there yet, but never miss one that is.
        await _storage.System.InsertAsync(SystemRows.Account(account, created), cancellation);
        await _storage.Journal.InsertAsync(head.ToRow(account), cancellation);
        return await ReadOpenAsync(account, cancellation);
    }

    /// <summary>Appends the entry that closes the account, unless there is one.</summary>
    /// <returns>Its number and server time, which count if the head has not stepped over a closing entry yet.</returns>
    /// <exception cref="AccountErasedException">Somebody else has closed it meanwhile.</exception>
    internal Task<(long Number, ServerTime St)> CloseAsync(AccountReading reading, CancellationToken cancellation) =>
        _writer.CloseAsync(reading, cancellation);

    /// <summary>What a poll has to be told.</summary>
    /// <param name="reading">The account.</param>
    /// <param name="since">The client's cursor, seconds; not NaN.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Updates> UpdatesAsync(AccountReading reading, double since, CancellationToken cancellation) =>
        _reader.UpdatesAsync(reading, since, cancellation);

    /// <summary>
    /// Something of the account's view. <paramref name="use"/> runs while nothing changes the view, so it must be
    /// quick and must not keep it.
    /// </summary>
    public async Task<T> ReadViewAsync<T>(
        AccountReading reading,
        Func<AccountView, T> use,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(reading);
        await _reader.LoadViewAsync(reading, cancellation);
        return reading.State.WithView(use);
    }

    /// <summary>Stores what a client sends, as one commit: all of it or nothing.</summary>
    /// <exception cref="StorageUnavailableException">It is not known to be stored; sending it again is safe.</exception>
    public Task<Put> PutAsync(
        AccountReading reading,
        string writer,
        ItemKind kind,
        IReadOnlyList<Submission> submissions,
        CancellationToken cancellation
    ) =>
        _writer.AppendAsync(
            reading,
            writer,
            (view, st) =>
            {
                ThrowIfClosed(view);
                var put = Put.Merge(view, kind, submissions, st, _quota);
                return new Draft<Put>(EntryKind.Items, put.Changes, put);
            },
            cancellation
        );

    /// <summary>Tells every client to drop what it has and fetch everything, and refuses edits made before now.</summary>
    /// <exception cref="StorageUnavailableException">It is not known to be done; asking again is safe.</exception>
    public Task ForceResetAsync(AccountReading reading, string writer, CancellationToken cancellation) =>
        _writer.AppendAsync(
            reading,
            writer,
            (view, _) =>
            {
                ThrowIfClosed(view);
                return new Draft<bool>(EntryKind.Reset, [], true);
            },
            cancellation
        );

    /// <summary>
    /// Gives the account a new seed of that kind, which revokes all its tokens of the kind at once: those of somebody
    /// who asks for the same at this moment, too.
    /// </summary>
    /// <returns>The head with the new seed.</returns>
    /// <exception cref="AccountErasedException">The account was erased meanwhile.</exception>
    /// <exception cref="TokenRevokedException">
    /// Another has replaced the web seed since it was read, which the caller has shown: it asks with a token that is no
    /// longer valid.
    /// </exception>
    /// <exception cref="StorageUnavailableException">It is not known to be done; asking again is safe.</exception>
    public async Task<AccountHead> ReplaceSeedAsync(
        AccountReading reading,
        TokenKind kind,
        string kid,
        CancellationToken cancellation
    )
    {
        var seed = NewSeed();
        var columns = kind == TokenKind.Web ? Columns(("WebSeed", seed)) : Columns(("ApiSeed", seed), ("ApiKid", kid));
        var row = new Row(reading.Account.Value, JournalKeys.Head, columns);
        var (head, tag) = (reading.Head, reading.HeadTag);
        while (!await _storage.Journal.MergeAsync(row, tag, cancellation))
        {
            var current =
                await _storage.Journal.GetAsync(reading.Account.Value, JournalKeys.Head, cancellation)
                ?? throw new StorageUnavailableException("The account is not there.");
            (head, tag) = (AccountHead.From(current), current.ETag!);
            reading.Head.ThrowIfEnded(head);
            if (seed == (kind == TokenKind.Web ? head.WebSeed : head.ApiSeed))
            {
                // It is done: the answer to it was lost, and it was sent again.
                return head;
            }

            if (head.WebSeed != reading.Head.WebSeed)
            {
                throw new TokenRevokedException();
            }
        }

        return kind == TokenKind.Web ? head with { WebSeed = seed } : head with { ApiSeed = seed, ApiKid = kid };
    }

    // The numbers go on where the earlier life ended, and whatever a client remembers of that is reset.
    private async Task<AccountReading> ReviveAsync(
        AccountKey account,
        string name,
        string kid,
        ServerTime now,
        CancellationToken cancellation
    )
    {
        await _storage.System.InsertAsync(SystemRows.Account(account, now), cancellation);
        await new HeadRow(_storage.Journal).ChangeAsync(
            account,
            head =>
            {
                var created = ServerTime.Max(now, (head.ResetSt ?? head.Created).Next);
                return head.Life != AccountLife.Erased
                    ? null
                    : new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["Life"] = (long)AccountLife.InUse,
                        ["Created"] = created.Steps,
                        ["ResetSt"] = created.Steps,
                        ["Name"] = name,
                        ["WebSeed"] = NewSeed(),
                        ["ApiSeed"] = NewSeed(),
                        ["ApiKid"] = kid,
                    };
            },
            cancellation
        );
        return await ReadOpenAsync(account, cancellation);
    }

    // It may have been erased by somebody else since it was made.
    private async Task<AccountReading> ReadOpenAsync(AccountKey account, CancellationToken cancellation)
    {
        var reading = await ReadAsync(account, cancellation);
        if (reading is { Head.Life: AccountLife.InUse, State.IsClosed: false })
        {
            return reading;
        }

        reading?.Dispose();
        throw new StorageUnavailableException("The account is being erased, or cannot be read yet.");
    }

    private static void ThrowIfClosed(AccountView view)
    {
        if (view.IsClosed)
        {
            throw new AccountErasedException();
        }
    }

    private static Dictionary<string, object> Columns(params ReadOnlySpan<(string Name, string Value)> columns)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in columns)
        {
            properties[name] = value;
        }

        return properties;
    }

    private string NewSeed()
    {
        var seed = new byte[8];
        _random.GetBytes(seed);
        return Base64Url.EncodeToString(seed);
    }
}

/// <summary>The kinds of tokens.</summary>
public enum TokenKind
{
    /// <summary>What signing in gives: 14 days, renewed by use.</summary>
    Web,

    /// <summary>For programs: without end, until it is reset.</summary>
    Api,
}
