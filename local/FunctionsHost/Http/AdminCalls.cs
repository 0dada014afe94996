using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>The paths that belong to the host and never reach a function. All but a ping want the master key.</summary>
internal sealed class AdminCalls(FunctionApp app, Keys keys, ManualRuns runs, HostLog log)
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
        }
        else if (request.Path == "/admin/host/status" && HttpMethods.IsGet(request.Method))
        {
            context.Response.ContentType = "application/json";
            var status = new JsonObject { ["state"] = "Running", ["version"] = HostHeaders.Version };
            await context.Response.WriteAsync(status.ToJsonString());
        }
        else
        {
            context.Response.StatusCode =
                HttpMethods.IsPost(request.Method) && Find(request.Path) is { } function
                    ? await RunAsync(request, function)
                    : StatusCodes.Status404NotFound;
        }
    }

    private Function? Find(PathString path) =>
        path.StartsWithSegments(Functions, StringComparison.OrdinalIgnoreCase, out var name)
            ? app.Functions.FirstOrDefault(function =>
                name.Equals($"/{function.Name}", StringComparison.OrdinalIgnoreCase)
            )
            : null;

    private async Task<int> RunAsync(HttpRequest request, Function function)
    {
        string input;
        try
        {
            var body = await JsonNode.ParseAsync(request.Body);
            input = $"{(body as JsonObject)?["input"]}";
        }
        catch (JsonException)
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
}
