using TimeTagger.Configuration;

namespace TimeTagger.Api.Hosting;

/// <summary>What reaches the log.</summary>
internal static class ApiLogging
{
    internal static ILoggingBuilder AddTo(ILoggingBuilder logging, SettingValues settings)
    {
        logging.SetMinimumLevel(LevelOf(settings.Get(Catalogue.LogLevel)));

        // The framework's own request lines hold query strings, which hold tags.
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // Why it cannot start is said in a sentence; the framework would add a stack trace, twice.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => level is LogLevel.Warning or LogLevel.Error);
        return logging;
    }

    private static LogLevel LevelOf(LogSeverity severity) =>
        severity switch
        {
            LogSeverity.Debug => LogLevel.Debug,
            LogSeverity.Info => LogLevel.Information,
            LogSeverity.Warning => LogLevel.Warning,
            _ => LogLevel.Error,
        };
}
