namespace TimeTagger.Storage.Journal;

/// <summary>What becomes of an account.</summary>
public enum AccountLife
{
    /// <summary>It is in use.</summary>
    InUse = 0,

    /// <summary>It is closed, and what it held is being deleted: nobody can sign in yet.</summary>
    Erasing = 1,

    /// <summary>Nothing of it is left. Who signs in begins a new life.</summary>
    Erased = 2,
}
