using System.Text.Encodings.Web;
using System.Text.Json;

namespace TimeTagger.Api.Policy;

/// <summary>A 200 whose JSON object is written straight into the response.</summary>
internal sealed class JsonAnswer(Func<AnswerBody, ValueTask> writeFields) : IResult
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Answers are application/json and never markup: only what JSON demands is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>An answer that is short.</summary>
    internal static JsonAnswer Of(Action<Utf8JsonWriter> writeFields) =>
        new(body =>
        {
            writeFields(body.Json);
            return ValueTask.CompletedTask;
        });

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.RequestAborted.ThrowIfCancellationRequested();
        var response = httpContext.Response;
        response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(response.BodyWriter, Options);
        var body = new AnswerBody(writer, response);
        writer.WriteStartObject();
        await writeFields(body);
        writer.WriteEndObject();
        if (!response.HasStarted)
        {
            response.ContentLength = writer.BytesCommitted + writer.BytesPending;
        }

        await writer.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>The fields of an answer, as they are written.</summary>
internal sealed class AnswerBody(Utf8JsonWriter writer, HttpResponse response)
{
    private const int EnoughToSend = 64 * 1024;

    private long _sent;

    /// <summary>Where the fields go.</summary>
    internal Utf8JsonWriter Json => writer;

    /// <summary>Writes a list, and sends it off in pieces: a large answer is never in memory as a whole.</summary>
    internal async ValueTask WriteListAsync(string name, int count, Action<Utf8JsonWriter, int> write)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < count; i++)
        {
            write(writer, i);
            if (writer.BytesCommitted + writer.BytesPending - _sent > EnoughToSend)
            {
                await writer.FlushAsync();
                await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
                _sent = writer.BytesCommitted;
            }
        }

        writer.WriteEndArray();
    }
}
