namespace TimeTagger.Configuration;

/// <summary>Where the data lies, and how to get there.</summary>
/// <param name="Kind">Which store.</param>
/// <param name="Connection">A connection string, which is secret; null for a managed identity.</param>
/// <param name="Account">The account that the managed identity signs in to; not null where Azure has no connection string.</param>
public sealed record StorageChoice(StorageKind Kind, string? Connection, string? Account)
{
    /// <summary>The client id of a managed identity that was assigned by a user; null for the system's own.</summary>
    public string? ClientId { get; init; }

    /// <summary>What the settings say about it together.</summary>
    /// <exception cref="ConfigurationException">It is Azure, and nothing says which account.</exception>
    public static StorageChoice From(SettingValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var choice = new StorageChoice(
            values.Get(Catalogue.Storage),
            values.Get(Catalogue.StorageConnection),
            values.Get(Catalogue.StorageAccount)
        );
        return choice is { Kind: StorageKind.Azure, Connection: null, Account: null }
            ? throw values.Unusable(
                Catalogue.Storage,
                $"'azure' needs {Catalogue.StorageAccount.Name} (with a managed identity) or {Catalogue.StorageConnection.Name}"
            )
            : choice;
    }

    /// <summary>The store as the setting names it; never the secret.</summary>
    public override string ToString() => Forms.Name(Kind);
}
