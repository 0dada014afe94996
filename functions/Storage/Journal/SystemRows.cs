using TimeTagger.Domain;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>Rows of table <c>system</c> about accounts: sweeps walk these, never the journals.</summary>
internal static class SystemRows
{
    /// <summary>The partition with a row for every account.</summary>
    internal const string Accounts = "accounts";

    /// <summary>The partition with a row for every account that is being erased.</summary>
    internal const string Erasures = "erasures";

    /// <summary>All rows of a partition.</summary>
    internal static RowRange All => new("", "~");

    /// <summary>That there is such an account.</summary>
    internal static Row Account(AccountKey account, ServerTime created) =>
        Of(Accounts, account, ("Created", created.Steps));

    /// <summary>When maintenance last went through an account.</summary>
    internal static Row Maintained(AccountKey account, ServerTime at) =>
        Of(Accounts, account, ("Maintained", at.Steps));

    /// <summary>
    /// That an account is to be erased: the number of its closing entry (0 until it is known), and when everything of
    /// it was deleted for the first time (0 until it was).
    /// </summary>
    internal static Row Erasure(AccountKey account, long closing, ServerTime deleted) =>
        Of(Erasures, account, ("Closing", closing), ("Deleted", deleted.Steps));

    private static Row Of(string partition, AccountKey account, params ReadOnlySpan<(string Name, long Value)> columns)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in columns)
        {
            properties[name] = value;
        }

        return new Row(partition, account.Value, properties);
    }
}
