using TimeTagger.Api.Accounts;
using TimeTagger.Api.Functions;
using TimeTagger.Api.Health;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Records;
using TimeTagger.Api.Settings;
using TimeTagger.Api.Tokens;
using TimeTagger.Api.Updates;

namespace TimeTagger.Api.Hosting;

/// <summary>
/// What a call passes through, and every endpoint there is: the same under the Functions host and without it. It has a
/// routing of its own, so whatever routed the call before means nothing to it.
/// </summary>
internal sealed class ApiPipeline
{
    private readonly RequestDelegate _pipeline;

    public ApiPipeline(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseSecurityHeaders();
        app.UseMiddleware<RequestLog>();
        app.UseSiteCors();
        AnswerCompression.Use(app);
        app.UseMiddleware<ErrorAnswers>();
        app.UseMiddleware<RequestDeadline>();
        app.UseMiddleware<RequestTarget>();
        app.UseRouting();
        app.UseMiddleware<SwitchedOffFunctions>();
        app.UseMiddleware<PolicyEnforcement>();
        app.UseEndpoints(Map);
        _pipeline = app.Build();
    }

    /// <summary>Answers a call.</summary>
    internal Task AnswerAsync(HttpContext context)
    {
        context.SetEndpoint(null);
        context.Request.RouteValues = [];
        return _pipeline(context);
    }

    /// <summary>Answers a call that a function got.</summary>
    /// <param name="context">The call.</param>
    /// <param name="function">Ends when the function's time is over, which the call by itself does not notice.</param>
    internal async Task AnswerAsync(HttpContext context, CancellationToken function)
    {
        var client = context.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(client, function);
        context.RequestAborted = either.Token;
        context.Features.Set(new FunctionTime(client, function));
        try
        {
            await AnswerAsync(context);
        }
        finally
        {
            context.RequestAborted = client;
        }
    }

    private static void Map(IEndpointRouteBuilder app)
    {
        app.MapHealth();

        var v2 = app.MapGroup(ApiPaths.V2);
        v2.MapVersion();
        v2.MapBootstrapAuthentication();
        v2.MapUpdates();
        v2.MapRecords();
        v2.MapSettings();
        v2.MapTokens();
        v2.MapForceReset();
        v2.MapUnknownPaths();
    }
}
