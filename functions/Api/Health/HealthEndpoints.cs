using TimeTagger.Api.Functions;
using TimeTagger.Api.Policy;

namespace TimeTagger.Api.Health;

/// <summary>Signs of life, and which release this is. None of them touches the storage.</summary>
internal static class HealthEndpoints
{
    // The release of the original whose API this is: what clients that ask for a version know.
    private const string ApiRelease = "26.1.3";

    internal static void MapHealth(this IEndpointRouteBuilder app)
    {
        // The second is what the original answers, where whoever watches it asks; a Functions host keeps it to itself.
        foreach (var path in new[] { "/api/status", "/status" })
        {
            app.Map(path, () => Results.Text("ok", "text/plain"))
                .WithAccess(AccessPolicy.Anonymous)
                .InFunction(HealthFunction.Name);
        }
    }

    internal static void MapVersion(this RouteGroupBuilder v2)
    {
        v2.MapGet("/", () => Results.Text("See https://timetagger.readthedocs.io", "text/plain"))
            .WithAccess(AccessPolicy.Anonymous)
            .InFunction(WildcardFunction.Name);
        v2.MapGet(
                "/version",
                () =>
                    JsonAnswer.Of(writer =>
                    {
                        writer.WriteString("version", ApiRelease);
                        writer.WriteString("server", $"TimeTagger on Azure {Release}");
                    })
            )
            .WithAccess(AccessPolicy.AnyToken)
            .InFunction(VersionFunction.Name);
    }

    private static string Release => typeof(HealthEndpoints).Assembly.GetName().Version!.ToString(3);
}
