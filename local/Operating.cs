using TimeTagger.Api;
using TimeTagger.Api.Operating;

namespace TimeTagger.Local;

/// <summary>Runs an operator's verb in place of serving: it may run beside the TimeTagger that serves.</summary>
internal static class Operating
{
    private const int NotDone = 2;

    /// <param name="verb">What to do.</param>
    /// <param name="args">The command line after the verb.</param>
    /// <returns>The exit code: the verb's own, or that it could not be done, which standard error explains.</returns>
    public static async Task<int> RunAsync(OperatorCommand verb, IReadOnlyList<string> args)
    {
        try
        {
            return await verb(args, Environment.GetEnvironmentVariable, Console.Out, CancellationToken.None);
        }
        catch (Exception e) when (TimeTaggerApi.IsForThePerson(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            return NotDone;
        }
    }
}
