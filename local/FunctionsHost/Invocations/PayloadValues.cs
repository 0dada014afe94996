using System.Globalization;
using System.Text.Json.Nodes;

namespace TimeTagger.FunctionsHost.Invocations;

/// <summary>How values are written into payloads.</summary>
internal static class PayloadValues
{
    /// <summary>A text, as JSON in a string: encoded twice.</summary>
    public static JsonNode Text(string text) => JsonValue.Create(JsonValue.Create(text).ToJsonString());

    /// <summary>A number or a truth value, as its JSON in a string.</summary>
    public static JsonNode Plain(long number) => JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A time, without parts of a second.</summary>
    public static JsonNode Time(DateTimeOffset? time) =>
        JsonValue.Create((time ?? default).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));

    /// <summary>What every payload's metadata has.</summary>
    public static JsonObject Sys(string function, DateTimeOffset now) =>
        new()
        {
            ["MethodName"] = function,
            ["UtcNow"] = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["RandGuid"] = Guid.NewGuid().ToString(),
        };
}
