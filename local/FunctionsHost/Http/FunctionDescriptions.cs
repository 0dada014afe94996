using System.Text.Json.Nodes;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Rpc.Messages;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>The functions as the worker reported them, those that are switched off too, in the words of the host's own list.</summary>
/// <param name="app">The functions.</param>
/// <param name="address">Where the host was called.</param>
internal sealed class FunctionDescriptions(FunctionApp app, string address)
{
    public JsonArray All() => [.. app.Reported.Select(Describe)];

    /// <returns>Null where there is no such function.</returns>
    public JsonObject? Find(string name) =>
        app
            .Reported.Where(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(Describe)
            .FirstOrDefault();

    private JsonObject Describe(RpcFunctionMetadata reported)
    {
        var function = app.Functions.FirstOrDefault(each => each.Name == reported.Name);
        return new JsonObject
        {
            ["name"] = reported.Name,
            ["config"] = new JsonObject
            {
                ["name"] = reported.Name,
                ["entryPoint"] = reported.EntryPoint,
                ["scriptFile"] = reported.ScriptFile,
                ["language"] = reported.Language,
                ["bindings"] = new JsonArray([.. reported.RawBindings.Select(binding => JsonNode.Parse(binding))]),
            },
            ["language"] = reported.Language,
            ["isDisabled"] = function is null,
            ["invoke_url_template"] = function is HttpFunction http ? $"{address}/{http.Route}" : null,
        };
    }
}
