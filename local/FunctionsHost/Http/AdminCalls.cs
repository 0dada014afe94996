using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;
using TimeTagger.FunctionsHost.Logs;
using TimeTagger.FunctionsHost.Workers;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>The paths that belong to the host and never reach a function. All but a ping want the master key.</summary>
internal sealed class AdminCalls(Task<FunctionApp> app, Keys keys, ManualRuns runs, HostLog log)
{
    private static readonly PathString Functions = new("/admin/functions");

    private static readonly PathString[] OfTheHost =
    [
        new("/admin/host"),
        Functions,
        new("/admin/instance"),
        new("/runtime/webhooks"),
    ];

    /// <summary>Whether a path is one of them.</summary>
    public static bool Own(PathString path) =>
        Array.Exists(OfTheHost, own => path.StartsWithSegments(own, StringComparison.OrdinalIgnoreCase));

    public async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path == "/admin/host/ping")
        {
            return;
        }

        if (!keys.HasMaster(request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var answer = await FindAsync(request);
        if (answer is null)
        {
            context.Response.StatusCode = await RunAsync(request);
        }
        else
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.WriteAsync(answer.ToJsonString());
        }
    }

    private async Task<JsonNode?> FindAsync(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method))
        {
            return null;
        }

        if (request.Path == "/admin/host/status")
        {
            var state = app.IsCompletedSuccessfully ? "Running" : "Default";
            return new JsonObject { ["state"] = state, ["version"] = Handshake.HostVersion };
        }

        if (!request.Path.StartsWithSegments(Functions, StringComparison.OrdinalIgnoreCase, out var name))
        {
            return null;
        }

        var descriptions = new FunctionDescriptions(await app, $"{request.Scheme}://{request.Host}");
        return name.Value is "" or "/" ? descriptions.All() : descriptions.Find(name.Value![1..]);
    }

    private async Task<int> RunAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || await FindFunctionAsync(request.Path) is not { } function)
        {
            return StatusCodes.Status404NotFound;
        }

        if (await InputAsync(request) is not { } input)
        {
            return StatusCodes.Status400BadRequest;
        }

        if (runs.Begin(function, input))
        {
            return StatusCodes.Status202Accepted;
        }

        log.Write($"{function.Name}: this emulator runs only functions of queues and timers by hand.");
        return StatusCodes.Status501NotImplemented;
    }

    private async Task<Function?> FindFunctionAsync(PathString path) =>
        path.StartsWithSegments(Functions, StringComparison.OrdinalIgnoreCase, out var name)
            ? (await app).Functions.FirstOrDefault(each =>
                name.Equals($"/{each.Name}", StringComparison.OrdinalIgnoreCase)
            )
            : null;

    private static async Task<string?> InputAsync(HttpRequest request)
    {
        try
        {
            var body = await JsonNode.ParseAsync(request.Body);
            return $"{(body as JsonObject)?["input"]}";
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
