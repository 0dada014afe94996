using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TimeTagger.Api.Functions;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Tests.Server;
using TimeTagger.Configuration;

namespace TimeTagger.Api.Tests.Routing;

/// <summary>Every endpoint there is says who may call it and through which function; what anybody may call is a list that somebody has read.</summary>
public sealed class AccessPolicyTests
{
    private static readonly string[] Open = ["/api/status", "/api/v2/", "/api/v2/bootstrap_authentication", "/status"];

    [Fact]
    public async Task Endpoints_AllOfThem_CarryAPolicyAndOnlyTheListedAreOpen()
    {
        using var data = new DataFolder();
        await using var app = App(data);

        var endpoints = EndpointsOf(app.Services);

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

    [Fact]
    public async Task Endpoints_AllOfThem_NameTheFunctionThatAzureCounts()
    {
        using var data = new DataFolder();
        await using var app = App(data);

        Assert.All(
            EndpointsOf(app.Services),
            endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<FunctionMetadata>())
        );
    }

    private static WebApplication App(DataFolder data)
    {
        var settings = SettingValues.Read(Catalogue.All, ["--datadir", data.Path], _ => null);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddTimeTaggerApi(ApiHost.OneMachine, settings, _ => null);
        return builder.Build();
    }

    private static List<RouteEndpoint> EndpointsOf(IServiceProvider services)
    {
        services.GetRequiredService<ApiPipeline>();
        return [.. services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()];
    }
}
