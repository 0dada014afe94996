using System.Text.Json;
using System.Text.Json.Nodes;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;
using TimeTagger.FunctionsHost.Rpc.Messages;

namespace TimeTagger.FunctionsHost.Timers;

/// <summary>What a function gets of the clock.</summary>
internal static class TimerValues
{
    /// <param name="function">Whose binding it is for.</param>
    /// <param name="status">When it ran, and when it is due; null where nobody remembers.</param>
    /// <param name="isPastDue">Whether it is late.</param>
    public static ParameterBinding Of(TimerFunction function, TimerStatus? status, bool isPastDue) =>
        new()
        {
            Name = function.Trigger.Name,
            Data = TypedValues.Json(
                new JsonObject
                {
                    ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
                    ["ScheduleStatus"] = status is null
                        ? null
                        : JsonSerializer.SerializeToNode(status, TimerJson.Default.TimerStatus),
                    ["IsPastDue"] = isPastDue,
                }
            ),
        };
}
