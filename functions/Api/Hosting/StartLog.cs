using TimeTagger.Configuration;

namespace TimeTagger.Api.Hosting;

/// <summary>What is said once, at the start.</summary>
internal static partial class StartLog
{
    /// <summary>Names the variables that look like settings and have no effect. Never their values.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="variables">The names of the environment's variables.</param>
    internal static void WarnOfUnknownVariables(ILogger log, IEnumerable<string> variables)
    {
        if (UnknownVariables.In(variables) is { Count: > 0 } unknown)
        {
            LogUnknownVariables(log, string.Join(", ", unknown));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "In the environment, without effect because there is no such setting: {Variables}"
    )]
    private static partial void LogUnknownVariables(ILogger log, string variables);
}
