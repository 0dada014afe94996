using System.Text;
using TimeTagger.Configuration;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Telemetry;

/// <summary>What may be told of an exception: its type and where it was thrown, and its message if that is ours.</summary>
internal static class ExceptionText
{
    /// <summary>The attributes of a line of the log that OpenTelemetry has for exceptions.</summary>
    internal static IEnumerable<KeyValuePair<string, object?>> Attributes(Exception exception)
    {
        yield return new("exception.type", exception.GetType().FullName);
        if (MessageOf(exception) is { } message)
        {
            yield return new("exception.message", message);
        }

        yield return new("exception.stacktrace", Trace(exception));
    }

    private static string Trace(Exception exception)
    {
        var text = new StringBuilder();
        for (var each = exception; each is not null; each = each.InnerException)
        {
            text.Append(each.GetType().FullName);
            if (MessageOf(each) is { } message)
            {
                text.Append(": ").Append(message);
            }

            text.Append('\n').Append(each.StackTrace).Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    // Sentences for an operator, made so that nothing of a person is in them.
    private static string? MessageOf(Exception exception) =>
        exception
            is StorageUnavailableException
                or MemoryFullException
                or NewerFormatException
                or ConfigurationException
            ? exception.Message
            : null;
}
