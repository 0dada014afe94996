using System.Text.Json.Nodes;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;

namespace TimeTagger.FunctionsHost.Timers;

/// <summary>
/// Runs a function when it is due: never twice at a time, and what was missed while no host ran once, at the start.
/// </summary>
/// <param name="function">The function.</param>
/// <param name="invoker">Calls it.</param>
/// <param name="folder">Where it is remembered when it ran, or null where that is forgotten.</param>
/// <param name="time">The clock.</param>
internal sealed class TimerListener(TimerFunction function, Invoker invoker, string? folder, TimeProvider time)
{
    private readonly string? _file = folder is null ? null : Path.Combine(folder, $"{function.Name}.json");
    private JsonObject? _status;

    public async Task ListenAsync(CancellationToken stopping)
    {
        _status = ReadStatus();
        var isPastDue = TimeOf("Next") is { } missed && missed < time.GetUtcNow();
        if (isPastDue || function.RunsOnStartup)
        {
            await RunAsync(isPastDue, stopping);
        }

        while (function.Schedule.Next(time.GetUtcNow()) is { } next)
        {
            if (_status is null)
            {
                Remember(default, next);
            }

            await DelayUntilAsync(next, stopping);
            await RunAsync(isPastDue: false, stopping);
        }
    }

    private async Task RunAsync(bool isPastDue, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        await invoker.InvokeAsync(function, TimerPayload.Of(function, _status, isPastDue, now), stopping);
        Remember(now, function.Schedule.Next(time.GetUtcNow()) ?? DateTimeOffset.MaxValue);
    }

    private async Task DelayUntilAsync(DateTimeOffset due, CancellationToken stopping)
    {
        while (due - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            await Task.Delay(left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1), time, stopping);
        }
    }

    private JsonObject? ReadStatus() =>
        _file is not null && File.Exists(_file) ? JsonNode.Parse(File.ReadAllBytes(_file)) as JsonObject : null;

    private DateTimeOffset? TimeOf(string name) => _status?[name]?.GetValue<DateTimeOffset>();

    private void Remember(DateTimeOffset last, DateTimeOffset next)
    {
        if (_file is not null)
        {
            _status = new JsonObject
            {
                ["Last"] = last,
                ["Next"] = next,
                ["LastUpdated"] = time.GetUtcNow(),
            };
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            File.WriteAllText(_file, _status.ToJsonString());
        }
    }
}
