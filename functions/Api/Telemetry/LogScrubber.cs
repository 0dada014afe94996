using OpenTelemetry;
using OpenTelemetry.Logs;

namespace TimeTagger.Api.Telemetry;

/// <summary>
/// Takes out of a line of the log, before it is sent, what nobody here has written: the values in lines of packages, and the
/// messages of exceptions, which quote whatever was wrong.
/// </summary>
internal sealed class LogScrubber : BaseProcessor<LogRecord>
{
    private const string Ours = "TimeTagger.";
    private const string Template = "{OriginalFormat}";

    /// <inheritdoc/>
    public override void OnEnd(LogRecord data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.CategoryName?.StartsWith(Ours, StringComparison.Ordinal) != true)
        {
            data.FormattedMessage = null;
            data.Attributes = data.Attributes?.Where(attribute => attribute.Key == Template).ToList();
        }

        if (data.Exception is { } exception)
        {
            data.Exception = null;
            data.Attributes = [.. data.Attributes ?? [], .. ExceptionText.Attributes(exception)];
        }
    }
}
