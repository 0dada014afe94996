using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using TimeTagger.FunctionsHost.App;

namespace TimeTagger.FunctionsHost.Invocations;

/// <summary>What a function says when it has succeeded.</summary>
/// <param name="Outputs">The values of its output bindings; null for none.</param>
/// <param name="Logs">Lines for the log.</param>
/// <param name="ReturnValue">The value of the output binding <c>$return</c>.</param>
internal sealed record FunctionResult(JsonObject? Outputs, IReadOnlyList<string> Logs, JsonNode? ReturnValue)
{
    private const string WouldHang = "it WOULD HANG until functionTimeout: it answered";
    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The value for an output binding, or null where it has none.</summary>
    public JsonNode? For(Output output) => output.Name == "$return" ? ReturnValue : Outputs?[output.Name];

    /// <summary>Takes an answer as the host does.</summary>
    /// <exception cref="InvocationException">The host would take it for a failure, or wait for another one for ever.</exception>
    public static FunctionResult Read(HttpStatusCode status, MediaTypeHeaderValue? type, byte[] body)
    {
        if ((int)status is < 200 or >= 300)
        {
            throw new InvocationException($"it answered {(int)status}");
        }

        if (body.Length == 0)
        {
            throw new InvocationException($"{WouldHang} {(int)status} without a body");
        }

        if (type?.MediaType is not ("application/json" or "text/json"))
        {
            throw new InvocationException($"it answered with the content type '{type}'");
        }

        try
        {
            return JsonNode.Parse(body, AnyCase) switch
            {
                null => throw new InvocationException($"{WouldHang} null"),
                JsonObject result => From(result),
                _ => throw new InvocationException("it answered with JSON that is no object"),
            };
        }
        catch (JsonException)
        {
            throw new InvocationException("it answered with what is not JSON");
        }
    }

    private static FunctionResult From(JsonObject result) =>
        new(
            result[nameof(Outputs)] switch
            {
                null => null,
                JsonObject outputs => outputs,
                _ => throw new InvocationException("its Outputs are no object"),
            },
            result[nameof(Logs)] switch
            {
                null => [],
                JsonArray lines => [.. lines.Select(line => $"{line}")],
                _ => throw new InvocationException("its Logs are no list"),
            },
            result[nameof(ReturnValue)]
        );
}

/// <summary>A function has failed; the message says how.</summary>
internal sealed class InvocationException(string how) : Exception(how);
