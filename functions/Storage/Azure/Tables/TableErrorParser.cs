using System.Text.Json;
using Azure;
using Azure.Core;

namespace TimeTagger.Storage.Azure.Tables;

/// <summary>Reads <c>{"odata.error": {"code": …, "message": {"value": …}}}</c>, the service's way of refusing.</summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    /// <inheritdoc/>
    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        (error, data) = (null, null);
        if (CodeIn(response) is not { } code)
        {
            return false;
        }

        // The service's own message may quote the request, signature and all: it is left out.
        error = new ResponseError(code, "The table service refused the request.");
        return true;
    }

    private static string? CodeIn(Response response)
    {
        if (response.Headers.TryGetValue("x-ms-error-code", out var code))
        {
            return code;
        }

        try
        {
            using var body = JsonDocument.Parse(response.Content);
            return
                body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("odata.error", out var error)
                && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var text)
                && text.ValueKind == JsonValueKind.String
                ? text.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // Not the service's: something on the way answered. The status must do.
        }
    }
}
