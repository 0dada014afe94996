using TimeTagger.Api.Checking;

namespace TimeTagger.Api.Operating;

/// <summary>What the program does for whoever runs it, in place of serving.</summary>
/// <param name="args">The command line after the verb.</param>
/// <param name="variable">The value of an environment variable, or null.</param>
/// <param name="output">What it has to say goes there.</param>
/// <param name="cancellation">Gives up.</param>
/// <returns>The exit code.</returns>
public delegate Task<int> OperatorCommand(
    IReadOnlyList<string> args,
    Func<string, string?> variable,
    TextWriter output,
    CancellationToken cancellation
);

/// <summary>The verbs of the command line.</summary>
internal static class OperatorCommands
{
    /// <summary>What the command line asks for; null when that is to serve.</summary>
    internal static OperatorCommand? Find(IReadOnlyList<string> args) =>
        (args.Count > 0 ? args[0] : null) switch
        {
            "check" => CheckCommand.RunAsync,
            "accounts" => AccountsCommand.RunAsync,
            "backup" => BackupCommand.RunAsync,
            "erase" => EraseCommand.RunAsync,
            _ => null,
        };
}
