using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using TimeTagger.Api.Telemetry;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>What is left of a line of the log.</summary>
public sealed partial class LogScrubberTests
{
    [Fact]
    public void Line_OfOurs_StaysAsItIs()
    {
        var record = Exported("TimeTagger.Api.A", log => LogMark(log, "0a1b", null));

        Assert.Equal("The account 0a1b", record.FormattedMessage);
        Assert.Equal("0a1b", record.Attributes!.Single(attribute => attribute.Key == "Mark").Value);
    }

    [Fact]
    public void Line_OfAPackage_KeepsItsTemplateAlone()
    {
        var record = Exported("Microsoft.A", log => LogPath(log, "/secret"));

        Assert.Null(record.FormattedMessage);
        Assert.Equal(["Bad request {Path}"], record.Attributes!.Select(attribute => attribute.Value));
    }

    [Fact]
    public void Exception_OfAnyone_KeepsItsTypeAndWhereItWasThrown()
    {
        var record = Exported("TimeTagger.Api.A", log => LogMark(log, "0a1b", Thrown(new FormatException("secret"))));

        Assert.Null(record.Exception);
        var told = record.Attributes!.ToDictionary(attribute => attribute.Key, attribute => $"{attribute.Value}");
        Assert.Equal("System.InvalidOperationException", told["exception.type"]);
        Assert.DoesNotContain("exception.message", told.Keys);
        Assert.Contains("System.FormatException", told["exception.stacktrace"], StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), told["exception.stacktrace"], StringComparison.Ordinal);
        Assert.DoesNotContain("secret", string.Concat(told.Values), StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_OfTheStorage_KeepsTheSentenceThatWasMadeForAnOperator()
    {
        var failure = new StorageUnavailableException(
            "Azure table journal, query: 403.",
            new FormatException("secret")
        );

        var record = Exported("TimeTagger.Api.A", log => LogMark(log, "0a1b", failure));

        var told = record.Attributes!.ToDictionary(attribute => attribute.Key, attribute => $"{attribute.Value}");
        Assert.Equal("Azure table journal, query: 403.", told["exception.message"]);
        Assert.DoesNotContain("secret", string.Concat(told.Values), StringComparison.Ordinal);
    }

    private static InvalidOperationException Thrown(Exception inner)
    {
        try
        {
            throw new InvalidOperationException("secret", inner);
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }

    private static LogRecord Exported(string category, Action<ILogger> write)
    {
        var records = new List<LogRecord>();
        using var factory = LoggerFactory.Create(logging =>
            logging.AddOpenTelemetry(options =>
            {
                options.IncludeFormattedMessage = true;
                options.AddProcessor(new LogScrubber()).AddInMemoryExporter(records);
            })
        );
        write(factory.CreateLogger(category));
        return Assert.Single(records);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account {Mark}")]
    private static partial void LogMark(ILogger log, string mark, Exception? exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Bad request {Path}")]
    private static partial void LogPath(ILogger log, string path);
}
