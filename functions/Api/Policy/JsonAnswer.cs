using System.Text.Encodings.Web;
using System.Text.Json;

namespace TimeTagger.Api.Policy;

/// <summary>A 200 whose JSON object is written straight into the response.</summary>
internal sealed class JsonAnswer(Action<Utf8JsonWriter> writeFields) : IResult
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Answers are application/json and never markup: only what JSON demands is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(response.BodyWriter, Options);
        writer.WriteStartObject();
        writeFields(writer);
        writer.WriteEndObject();
        await writer.FlushAsync(httpContext.RequestAborted);
    }
}
