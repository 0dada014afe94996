using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Tests.Handler;

namespace TimeTagger.Api.Tests.Routing;

/// <summary>Every endpoint there is says who may call it; what anybody may call is a list that somebody has read.</summary>
public sealed class AccessPolicyTests
{
    private static readonly string[] Open = ["/", "/api/status", "/api/v2/", "/api/v2/bootstrap_authentication"];

    [Fact]
    public async Task Endpoints_AllOfThem_CarryAPolicyAndOnlyTheListedAreOpen()
    {
        using var data = new DataFolder();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FUNCTIONS_CUSTOMHANDLER_PORT"] = "1",
            ["TIMETAGGER_DATADIR"] = data.Path,
        };
        await using var app = HandlerServer.Build(HandlerOptions.From([], settings.GetValueOrDefault));
        app.UseHandler();

        var endpoints = ((IEndpointRouteBuilder)app)
            .DataSources.SelectMany(source => source.Endpoints)
            .Cast<RouteEndpoint>()
            .ToList();

        Assert.True(endpoints.Count >= 13, $"Only {endpoints.Count} endpoints are mapped.");
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<AccessPolicyMetadata>()));
        Assert.Equal(
            Open,
            endpoints
                .Where(endpoint =>
                    endpoint.Metadata.GetMetadata<AccessPolicyMetadata>()!.Policy == AccessPolicy.Anonymous
                )
                .Select(endpoint => endpoint.RoutePattern.RawText!)
                .Order(StringComparer.Ordinal)
        );
    }
}
