namespace TimeTagger.FunctionsHost.Queues;

/// <summary>That a message is unseen for others while a function works on it.</summary>
/// <param name="receipt">What the queue gave with the message.</param>
/// <param name="renew">Asks for the whole time again, for a receipt; gives the next receipt.</param>
/// <param name="time">The clock.</param>
internal sealed class Lease(string receipt, Func<string, Task<string>> renew, TimeProvider time)
{
    /// <summary>How long it lasts; it is renewed at half time.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    /// <summary>Holds it until something has ended.</summary>
    /// <returns>The receipt that counts then.</returns>
    public async Task<string> HoldAsync(Task working)
    {
        var current = receipt;
        while (true)
        {
            using var ended = new CancellationTokenSource();
            if (await Task.WhenAny(working, Task.Delay(Length / 2, time, ended.Token)) == working)
            {
                await ended.CancelAsync();
                return current;
            }

            current = await renew(current);
        }
    }
}
