namespace TimeTagger.Storage.Journal;

/// <summary>
/// A newer release of this program wrote the account. This one must neither guess nor write: the answer is 503
/// until the newer one is back.
/// </summary>
public sealed class NewerFormatException : Exception
{
    private NewerFormatException(long found, long known)
        : base($"The account is stored in format {found}; this program reads formats up to {known}.") { }

    internal static void ThrowIfAbove(long found, long known)
    {
        if (found > known)
        {
            throw new NewerFormatException(found, known);
        }
    }
}
