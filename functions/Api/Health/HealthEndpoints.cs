using TimeTagger.Api.Policy;

namespace TimeTagger.Api.Health;

/// <summary>Signs of life, and which release this is. None of them touches the storage.</summary>
internal static class HealthEndpoints
{
    // The release of the original whose API this is: what clients that ask for a version know.
    private const string ApiRelease = "26.1.3";

    internal static void MapHealth(this WebApplication app)
    {
        // The Functions host asks for "/" until something answers, and again to see whether we live.
        app.MapGet("/", () => Results.Text("ok", "text/plain")).WithAccess(AccessPolicy.Anonymous);
        app.Map("/api/status", () => Results.Text("ok", "text/plain")).WithAccess(AccessPolicy.Anonymous);
    }

    internal static void MapVersion(this RouteGroupBuilder v2)
    {
        v2.MapGet("/", () => Results.Text("See https://timetagger.readthedocs.io", "text/plain"))
            .WithAccess(AccessPolicy.Anonymous);
        v2.MapGet(
                "/version",
                () =>
                    JsonAnswer.Of(writer =>
                    {
                        writer.WriteString("version", ApiRelease);
                        writer.WriteString("server", $"TimeTagger on Azure {Release}");
                    })
            )
            .WithAccess(AccessPolicy.AnyToken);
    }

    private static string Release => typeof(HealthEndpoints).Assembly.GetName().Version!.ToString(3);
}
