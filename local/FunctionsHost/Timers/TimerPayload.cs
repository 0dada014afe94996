using System.Text.Json.Nodes;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;

namespace TimeTagger.FunctionsHost.Timers;

/// <summary>What a function gets of the clock.</summary>
internal static class TimerPayload
{
    /// <param name="function">Whose binding it is for.</param>
    /// <param name="status">When it ran, and when it is due; null where nobody remembers.</param>
    /// <param name="isPastDue">Whether it is late.</param>
    /// <param name="now">The time.</param>
    public static JsonObject Of(TimerFunction function, JsonObject? status, bool isPastDue, DateTimeOffset now) =>
        new()
        {
            ["Data"] = new JsonObject
            {
                [function.Trigger] = new JsonObject
                {
                    ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
                    ["ScheduleStatus"] = status?.DeepClone(),
                    ["IsPastDue"] = isPastDue,
                },
            },
            ["Metadata"] = new JsonObject { ["sys"] = PayloadValues.Sys(function.Name, now) },
        };
}
