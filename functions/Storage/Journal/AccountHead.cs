using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>The row <c>head</c> of an account: what is true of it beside its entries.</summary>
/// <param name="Created">When it was made; counts as the server time of an account without entries.</param>
/// <param name="First">The lowest valid entry number.</param>
/// <param name="Name">The name to show.</param>
/// <param name="WebSeed">What every web token of the account carries; a new one revokes them all.</param>
/// <param name="ApiSeed">What every API token of the account carries.</param>
/// <param name="ApiKid">The signing key of the API token, so that its text stays the same after a key rotation.</param>
/// <param name="Format">The format of the account's rows.</param>
/// <param name="Snapshot">The latest snapshot of its view; null when there is none.</param>
/// <param name="Life">Whether it is in use, or being erased, or erased.</param>
/// <param name="ResetSt">The server time up to which cursors belong to an earlier life of the account; null in its first.</param>
public sealed record AccountHead(
    ServerTime Created,
    long First,
    string Name,
    string WebSeed,
    string ApiSeed,
    string ApiKid,
    long Format,
    SnapshotMark? Snapshot = null,
    AccountLife Life = AccountLife.InUse,
    ServerTime? ResetSt = null
)
{
    /// <summary>The newest format of rows that this program can read.</summary>
    public const long KnownFormat = 1;

    /// <summary>The head as its row says it.</summary>
    /// <exception cref="NewerFormatException">A newer program wrote it.</exception>
    internal static AccountHead From(Row row)
    {
        var format = row.Integer("Format") ?? KnownFormat;
        NewerFormatException.ThrowIfAbove(format, KnownFormat);
        return new AccountHead(
            new ServerTime(Required(row.Integer("Created"))),
            Required(row.Integer("First")),
            row.Text("Name") ?? "",
            row.Text("WebSeed") ?? "",
            row.Text("ApiSeed") ?? "",
            row.Text("ApiKid") ?? "",
            format,
            SnapshotMark.From(row),
            (AccountLife)(row.Integer("Life") ?? 0),
            row.Integer("ResetSt") is { } steps ? new ServerTime(steps) : null
        );
    }

    /// <summary>The account before its first valid entry.</summary>
    internal AccountView EmptyView() => new(Created, First - 1, ResetSt);

    /// <summary>The number of the first entry that a view needs which begins with the snapshot, if there is one.</summary>
    internal long FirstToFold => Snapshot is { } snapshot ? snapshot.Number + 1 : First;

    /// <summary>Makes sure that the life of the account goes on in which this head was read.</summary>
    /// <param name="now">The head as it is now; null when there is none.</param>
    /// <exception cref="AccountErasedException">That life is over.</exception>
    internal void ThrowIfEnded(AccountHead? now)
    {
        if (now is not { Life: AccountLife.InUse } || now.Created != Created)
        {
            throw new AccountErasedException();
        }
    }

    internal Row ToRow(AccountKey account) =>
        new(
            account.Value,
            JournalKeys.Head,
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["Created"] = Created.Steps,
                ["First"] = First,
                ["Name"] = Name,
                ["WebSeed"] = WebSeed,
                ["ApiSeed"] = ApiSeed,
                ["ApiKid"] = ApiKid,
                ["Format"] = Format,
            }
        );

    private static long Required(long? value) =>
        value ?? throw new InvalidDataException("The account's head row lacks a required column.");
}
