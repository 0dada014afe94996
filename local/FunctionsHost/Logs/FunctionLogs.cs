using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using TimeTagger.FunctionsHost.Rpc.Messages;

namespace TimeTagger.FunctionsHost.Logs;

/// <summary>Lines about calls of functions and lines of the worker, those that host.json wants to see.</summary>
internal sealed partial class FunctionLogs(IConfiguration logging, HostLog log) : IDisposable
{
    private readonly ILoggerFactory _factory = LoggerFactory.Create(builder =>
        builder.AddConfiguration(logging).AddProvider(new LineProvider(log))
    );

    public void Dispose() => _factory.Dispose();

    public void Executing(string function, string id, string reason) =>
        Executing(_factory.CreateLogger($"Function.{function}"), function, reason, id);

    public void Succeeded(string function, string id, TimeSpan duration) =>
        Succeeded(_factory.CreateLogger($"Function.{function}"), function, id, (long)duration.TotalMilliseconds);

    public void Failed(string function, string id, TimeSpan duration, string why) =>
        Failed(_factory.CreateLogger($"Function.{function}"), function, id, (long)duration.TotalMilliseconds, why);

    /// <summary>A line that the worker logged.</summary>
    /// <param name="line">The line.</param>
    /// <param name="function">The function during a call of which it came, or null.</param>
    public void Worker(RpcLog line, string? function)
    {
        var level = (LogLevel)line.Level;
        var category = function is null ? line.Category : $"Function.{function}.User";
        var exception = line.Exception is { } thrown ? $"\n{thrown.Message}\n{thrown.StackTrace}" : "";
        _factory
            .CreateLogger(category)
            .Log(
                level,
                default,
                $"worker | {Word(level)}: {line.Category}: {line.Message}{exception}",
                exception: null,
                static (text, _) => text
            );
    }

    private static string Word(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };

    [LoggerMessage(LogLevel.Information, "Executing 'Functions.{function}' (Reason='{reason}', Id={id})")]
    private static partial void Executing(ILogger logger, string function, string reason, string id);

    [LoggerMessage(
        LogLevel.Information,
        "Executed 'Functions.{function}' (Succeeded, Id={id}, Duration={milliseconds}ms)"
    )]
    private static partial void Succeeded(ILogger logger, string function, string id, long milliseconds);

    [LoggerMessage(
        LogLevel.Error,
        "Executed 'Functions.{function}' (Failed, Id={id}, Duration={milliseconds}ms): {why}"
    )]
    private static partial void Failed(ILogger logger, string function, string id, long milliseconds, string why);

    private sealed class LineProvider(HostLog log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new LineLogger(log);

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private sealed class LineLogger(HostLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => log.Write(formatter(state, exception));
    }
}
