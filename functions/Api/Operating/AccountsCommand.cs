using TimeTagger.Api.Hosting;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Operating;

/// <summary>The verb <c>accounts</c>: says which account is meant by what logs call it. It only reads.</summary>
internal static class AccountsCommand
{
    /// <summary>Writes a line for each account: its mark, its key, and its name or what has become of it.</summary>
    /// <exception cref="Exception">One that <see cref="TimeTaggerApi.IsForThePerson"/>: they could not be read.</exception>
    internal static Task<int> RunAsync(
        IReadOnlyList<string> args,
        Func<string, string?> variable,
        TextWriter output,
        CancellationToken cancellation
    ) => ApiStorage.UseAsync(args, variable, (storage, _) => ListAsync(storage, output, cancellation));

    private static async Task<int> ListAsync(StorageAccount storage, TextWriter output, CancellationToken cancellation)
    {
        await foreach (var (account, head) in new AccountList(storage).ReadAsync(cancellation))
        {
            await output.WriteLineAsync($"{account.Mark} {account.Value} {Describe(head)}");
        }

        return 0;
    }

    private static string Describe(AccountHead? head) =>
        head switch
        {
            null => "(was never opened)",
            { Life: AccountLife.Erased } => "(erased)",
            { Life: AccountLife.Erasing } => "(being erased)",
            _ => TerminalText.Of(head.Name),
        };
}
