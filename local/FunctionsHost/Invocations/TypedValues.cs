using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TimeTagger.FunctionsHost.Rpc.Messages;

namespace TimeTagger.FunctionsHost.Invocations;

/// <summary>How the host writes values for a worker: what is not text becomes JSON.</summary>
internal static class TypedValues
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TypedData Text(string text) => new() { String = text };

    public static TypedData Number(long number) => Json(JsonValue.Create(number));

    public static TypedData Json(JsonNode json) => new() { Json = json.ToJsonString(Plain) };

    /// <summary>A time, without parts of a second.</summary>
    public static TypedData Time(DateTimeOffset? time) =>
        Json(JsonValue.Create((time ?? default).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)));

    /// <summary>What every call's metadata has.</summary>
    public static TypedData Sys(string function, DateTimeOffset now) =>
        Json(
            new JsonObject
            {
                ["MethodName"] = function,
                ["UtcNow"] = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                ["RandGuid"] = Guid.NewGuid().ToString(),
            }
        );
}
