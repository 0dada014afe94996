namespace TimeTagger.Configuration;

/// <summary>Where the data lies.</summary>
public enum StorageKind
{
    /// <summary>One SQLite database in the data folder.</summary>
    Embedded,

    /// <summary>An Azure Storage account, or whatever else a connection string names.</summary>
    Azure,

    /// <summary>Azure's emulator on this machine. Only the local program knows it: it starts it, and to the API it is Azure.</summary>
    Azurite,
}
