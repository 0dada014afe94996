using System.Runtime.CompilerServices;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>All accounts of a store, for whoever runs it.</summary>
public sealed class AccountList(StorageAccount storage)
{
    /// <summary>Every account that there is or was, in the order of their keys.</summary>
    /// <returns>Its key, and its head: null where signing in for the first time was cut short.</returns>
    /// <exception cref="StorageUnavailableException">The storage did not answer.</exception>
    /// <exception cref="NewerFormatException">A newer program wrote an account.</exception>
    public async IAsyncEnumerable<(AccountKey Account, AccountHead? Head)> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await foreach (var row in storage.System.RowsAsync(SystemRows.Accounts, SystemRows.All, cancellation))
        {
            var head = await storage.Journal.GetAsync(row.Key, JournalKeys.Head, cancellation);
            yield return (AccountKey.Parse(row.Key), head is null ? null : AccountHead.From(head));
        }
    }
}
