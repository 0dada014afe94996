using TimeTagger.Domain;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>Rows of table <c>system</c> about accounts: sweeps walk these, never the journals.</summary>
internal static class SystemRows
{
    private const string Accounts = "accounts";

    internal static Row Account(AccountKey account, ServerTime created) =>
        new(
            Accounts,
            account.Value,
            new Dictionary<string, object>(StringComparer.Ordinal) { ["Created"] = created.Steps }
        );
}
