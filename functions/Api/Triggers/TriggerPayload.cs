using System.Text;
using System.Text.Json;
using TimeTagger.Api.Policy;

namespace TimeTagger.Api.Triggers;

/// <summary>What the Functions host sends: <c>{"Data": {name: value}, "Metadata": {…}}</c>.</summary>
internal static class TriggerPayload
{
    // The most that a message can be, in Base64, encoded again, with its metadata.
    private const int MaxBytes = 512 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>The value of a binding.</summary>
    /// <exception cref="ApiErrorException">400: the body is no payload, or has no such binding.</exception>
    internal static async Task<JsonElement> ReadAsync(HttpRequest request, BodyReader bodies, string binding)
    {
        var body = await bodies.ReadAsync(request, MaxBytes);
        try
        {
            using var document = JsonDocument.Parse(body);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("Data", out var data)
                && data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty(binding, out var value)
                ? value.Clone()
                : throw Malformed($"has no Data.{binding}");
        }
        catch (JsonException)
        {
            throw Malformed("is not JSON");
        }
    }

    /// <summary>
    /// The text of a queue's message. The host sends it in Base64 where the binding's data type is binary, as JSON in a
    /// string where it is none, and as an object where somebody starts the function by hand; none looks like another.
    /// </summary>
    /// <exception cref="ApiErrorException">400: it is none of them.</exception>
    internal static string MessageOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return value.GetRawText();
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Malformed("has no message");
        try
        {
            return text.StartsWith('"') ? TextOf(text) : StrictUtf8.GetString(Convert.FromBase64String(text));
        }
        catch (Exception e) when (e is FormatException or JsonException or DecoderFallbackException)
        {
            throw Malformed("has a message that is not text");
        }
    }

    private static string TextOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetString()!;
    }

    private static ApiErrorException Malformed(string how) => new(ApiError.BadRequest($"the payload {how}"));
}
