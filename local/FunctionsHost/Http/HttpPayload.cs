using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>Calls that are described to a function in JSON, and answers that it describes.</summary>
internal static class HttpPayload
{
    /// <param name="function">Whose binding it is for.</param>
    /// <param name="request">The call; a body of known length has been read.</param>
    /// <param name="now">The time.</param>
    public static async Task<JsonObject> OfAsync(HttpFunction function, HttpRequest request, DateTimeOffset now)
    {
        var described = new JsonObject
        {
            ["Url"] = request.GetEncodedUrl(),
            ["Method"] = request.Method,
            ["Query"] = Object(request.Query, each => (each.Key, JsonValue.Create($"{each.Value}"))),
            ["Headers"] = Object(
                request.Headers,
                each => (each.Key, new JsonArray([.. each.Value.Select(value => JsonValue.Create(value))]))
            ),
            ["Params"] = Object(request.RouteValues, each => (each.Key, JsonValue.Create($"{each.Value}"))),
            ["Identities"] = new JsonArray(),
        };
        if (request.ContentLength > 0)
        {
            using var reader = new StreamReader(request.Body, Encoding.UTF8);
            described["Body"] = await reader.ReadToEndAsync();
        }

        return new JsonObject
        {
            ["Data"] = new JsonObject { [function.Trigger] = described },
            ["Metadata"] = new JsonObject { ["sys"] = PayloadValues.Sys(function.Name, now) },
        };
    }

    /// <param name="response">Where to.</param>
    /// <param name="described">What the function says that the answer is; null where it says nothing.</param>
    /// <exception cref="InvocationException">It describes no answer.</exception>
    public static async Task WriteAsync(HttpResponse response, JsonNode? described)
    {
        if (described is null)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (described is not JsonObject answer)
        {
            throw new InvocationException("its answer is no object");
        }

        response.StatusCode = (answer["statusCode"] ?? answer["status"]) is { } status
            ? int.Parse($"{status}", CultureInfo.InvariantCulture)
            : StatusCodes.Status200OK;
        var isText = answer["body"] is not (JsonObject or JsonArray);
        response.ContentType = isText ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
        foreach (var (name, value) in answer["headers"] as JsonObject ?? [])
        {
            response.Headers[name] = $"{value}";
        }

        if (answer["body"] is { } body)
        {
            await response.WriteAsync(isText ? $"{body}" : body.ToJsonString());
        }
    }

    private static JsonObject Object<T>(IEnumerable<T> from, Func<T, (string Name, JsonNode? Value)> field)
    {
        var made = new JsonObject();
        foreach (var each in from)
        {
            var (name, value) = field(each);
            made[name] = value;
        }

        return made;
    }
}
