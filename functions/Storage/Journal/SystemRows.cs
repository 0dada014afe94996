using System.Globalization;
using TimeTagger.Domain;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>Rows of table <c>system</c> about accounts: sweeps walk these, never the journals.</summary>
internal static class SystemRows
{
    /// <summary>The partition with a row for every account.</summary>
    internal const string Accounts = "accounts";

    /// <summary>The partition with a row for every life of an account that is being erased.</summary>
    internal const string Erasures = "erasures";

    // No name of an account has one.
    private const char LifeMark = '~';

    /// <summary>All rows of a partition.</summary>
    internal static RowRange All => new("", "~");

    /// <summary>That there is such an account.</summary>
    internal static Row Account(AccountKey account, ServerTime created) =>
        Of(Accounts, account.Value, ("Created", created.Steps));

    /// <summary>When maintenance last went through an account.</summary>
    internal static Row Maintained(AccountKey account, ServerTime at) =>
        Of(Accounts, account.Value, ("Maintained", at.Steps));

    /// <summary>
    /// That the life of an account which began at <paramref name="life"/> is to be erased: the number of its closing
    /// entry (0 until it is known), and when everything of it was deleted for the first time (0 until it was).
    /// </summary>
    internal static Row Erasure(AccountKey account, ServerTime life, long closing, ServerTime deleted) =>
        Of(Erasures, ErasureKey(account, life), ("Closing", closing), ("Deleted", deleted.Steps));

    /// <summary>The row key of the erasure of that life.</summary>
    internal static string ErasureKey(AccountKey account, ServerTime life) =>
        account.Value + LifeMark + life.Steps.ToString(CultureInfo.InvariantCulture);

    /// <summary>Which life of which account a row of <see cref="Erasures"/> is about.</summary>
    internal static (AccountKey Account, ServerTime Life) LifeOf(Row erasure)
    {
        var mark = erasure.Key.LastIndexOf(LifeMark);
        var life = long.Parse(erasure.Key.AsSpan(mark + 1), CultureInfo.InvariantCulture);
        return (AccountKey.Parse(erasure.Key[..mark]), new ServerTime(life));
    }

    /// <summary>The key of the account that a row of either partition is about.</summary>
    internal static string AccountOf(Row row) => row.Key.Split(LifeMark)[0];

    private static Row Of(string partition, string key, params ReadOnlySpan<(string Name, long Value)> columns)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in columns)
        {
            properties[name] = value;
        }

        return new Row(partition, key, properties);
    }
}
