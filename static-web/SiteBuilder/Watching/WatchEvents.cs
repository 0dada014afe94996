using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TimeTagger.SiteBuilder.Watching;

/// <summary>What happens while the sources are watched, one JSON object a line.</summary>
internal sealed class WatchEvents
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _lock = new();
    private readonly TextWriter _output;

    public WatchEvents(TextWriter output)
    {
        _output = output;
        Log = new LogLines(this);
    }

    /// <summary>For lines that a person may want to read.</summary>
    public TextWriter Log { get; }

    /// <summary>The site is as its sources are.</summary>
    /// <param name="result">What was built, or null where nothing was to be done.</param>
    public void Built(BuildResult? result) =>
        Write(
            new
            {
                @event = "built",
                isNew = result is not null,
                onlyStyles = result?.OnlyStyles,
            }
        );

    /// <summary>A source is wrong; the last good site is still there.</summary>
    public void Failed(string message) => Write(new { @event = "failed", message });

    /// <summary>A part of this program has changed.</summary>
    public void NeedsRestart(string file) => Write(new { @event = "restart", file });

    private void Write(object happened)
    {
        lock (_lock)
        {
            _output.WriteLine(JsonSerializer.Serialize(happened, Written));
            _output.Flush();
        }
    }

    private sealed class LogLines(WatchEvents events) : TextWriter
    {
        private readonly StringBuilder _line = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }

            events.Write(new { @event = "log", text = _line.ToString().TrimEnd('\r') });
            _line.Clear();
        }
    }
}
