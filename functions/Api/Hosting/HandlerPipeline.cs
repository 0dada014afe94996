using TimeTagger.Api.Accounts;
using TimeTagger.Api.Health;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Records;
using TimeTagger.Api.Settings;
using TimeTagger.Api.Tokens;
using TimeTagger.Api.Triggers;
using TimeTagger.Api.Updates;

namespace TimeTagger.Api.Hosting;

/// <summary>What a request passes through, and every endpoint there is.</summary>
internal static class HandlerPipeline
{
    internal static void UseHandler(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseMiddleware<RequestLog>();
        app.UseSiteCors();
        AnswerCompression.Use(app);
        app.UseMiddleware<ErrorAnswers>();
        app.UseMiddleware<RequestDeadline>();
        app.UseMiddleware<RequestTarget>();
        app.UseRouting();
        app.UseMiddleware<PolicyEnforcement>();

        app.MapHealth();
        app.MapTriggers();

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
