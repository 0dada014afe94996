using System.Text.Json;
using System.Text.Json.Serialization;

namespace TimeTagger.FunctionsHost.Timers;

/// <summary>What the host remembers of a timer.</summary>
/// <param name="Last">When it last ran; the beginning of time where it never did.</param>
/// <param name="Next">When it is due next.</param>
/// <param name="LastUpdated">When this was written.</param>
internal sealed record TimerStatus(DateTimeOffset Last, DateTimeOffset Next, DateTimeOffset LastUpdated);

/// <summary>Where it is remembered: a file of a folder, or nowhere.</summary>
/// <param name="folder">The folder; null to forget everything at the end.</param>
/// <param name="timer">The timer's name.</param>
internal sealed class TimerMemory(string? folder, string timer)
{
    private static readonly TimeSpan LockInterval = TimeSpan.FromSeconds(1);

    /// <summary>Waits until no other host runs the timer.</summary>
    /// <returns>Lets another host run it when disposed, which the end of this process does too.</returns>
    public async Task<IDisposable?> LockAsync(TimeProvider time, CancellationToken stopping)
    {
        if (folder is null)
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        while (true)
        {
            try
            {
                return new FileStream(FileOf("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(LockInterval, time, stopping);
            }
        }
    }

    public TimerStatus? Read() =>
        folder is not null && File.Exists(FileOf("json"))
            ? JsonSerializer.Deserialize(File.ReadAllBytes(FileOf("json")), TimerJson.Default.TimerStatus)
            : null;

    public void Write(TimerStatus status)
    {
        if (folder is not null)
        {
            File.WriteAllBytes(
                FileOf("json"),
                JsonSerializer.SerializeToUtf8Bytes(status, TimerJson.Default.TimerStatus)
            );
        }
    }

    private string FileOf(string ending) => Path.Combine(folder!, $"{timer}.{ending}");
}

[JsonSerializable(typeof(TimerStatus))]
internal sealed partial class TimerJson : JsonSerializerContext;
