using System.Net;
using System.Text.Json;
using TimeTagger.FunctionsHost.Tests.Emulator;
using static TimeTagger.FunctionsHost.Tests.Product.Calls;

namespace TimeTagger.FunctionsHost.Tests.Product;

/// <summary>What an operator sees, switches off and counts by itself.</summary>
public sealed class FunctionTests(PackageOfTheProduct product) : IClassFixture<PackageOfTheProduct>
{
    private static readonly string[] All =
    [
        "Accounts: httpTrigger Anonymous v2/{call:regex(^(bootstrap_authentication|forcereset)$)}",
        "Health: httpTrigger Anonymous status",
        "Maintenance: queueTrigger maintenance",
        "Records: httpTrigger Anonymous v2/records",
        "Settings: httpTrigger Anonymous v2/settings",
        "Sweep: timerTrigger 0 */15 * * * *",
        "Tokens: httpTrigger Anonymous v2/{kind:regex(^(webtoken|apitoken)$)}",
        "Updates: httpTrigger Anonymous v2/updates",
        "Version: httpTrigger Anonymous v2/version",
        "Webhooks: queueTrigger webhooks",
        "Wildcard: httpTrigger Anonymous {*path}",
    ];

    [Fact]
    public async Task Metadata_InThePackage_IsWhatTheHostNeeds()
    {
        var file = await File.ReadAllTextAsync(Path.Combine(product.Package, "functions.metadata"));

        var functions = JsonSerializer.Deserialize<JsonElement>(file).EnumerateArray().ToList();

        Assert.Equal(All, functions.Select(Describe).Order(StringComparer.Ordinal));
        Assert.All(functions, each => Assert.Equal("dotnet-isolated", each.GetProperty("language").GetString()));
    }

    [Fact]
    public async Task Metadata_ThatTheWorkerReports_IsTheSame()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/functions");
        request.Headers.Add("x-functions-key", PackageOfTheProduct.MasterKey);

        using var answer = await product.Host.Http.SendAsync(request);

        var functions = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.Equal(
            All,
            functions
                .EnumerateArray()
                .Select(each => Describe(each.GetProperty("config")))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Name_OfWhatTakesTheRest_SortsLast() =>
        Assert.StartsWith("Wildcard", All.Order(StringComparer.OrdinalIgnoreCase).Last(), StringComparison.Ordinal);

    [Theory]
    [InlineData("GET", "/api/status", "Health")]
    [InlineData("POST", "/api/v2/bootstrap_authentication", "Accounts")]
    [InlineData("PUT", "/api/v2/forcereset", "Accounts")]
    [InlineData("GET", "/api/v2/records?timerange=0-1", "Records")]
    [InlineData("PUT", "/api/v2/records", "Records")]
    [InlineData("DELETE", "/api/v2/records", "Records")]
    [InlineData("GET", "/api/v2/records/", "Records")]
    [InlineData("GET", "/api/v2/%72ecords", "Records")]
    [InlineData("GET", "/api/v2/settings", "Settings")]
    [InlineData("PUT", "/api/v2/settings", "Settings")]
    [InlineData("GET", "/api/v2/updates?since=0", "Updates")]
    [InlineData("GET", "/api/v2/webtoken", "Tokens")]
    [InlineData("GET", "/api/v2/apitoken", "Tokens")]
    [InlineData("GET", "/api/v2/version", "Version")]
    [InlineData("GET", "/api/v2/", "Wildcard")]
    [InlineData("GET", "/api/v2/unknown", "Wildcard")]
    [InlineData("GET", "/api/v2//records", "Wildcard")]
    [InlineData("GET", "/api/v2/webtokens", "Wildcard")]
    [InlineData("GET", "/api", "Wildcard")]
    public async Task Call_OfEveryRoute_ReachesTheFunctionOfItsName(string method, string target, string function)
    {
        await using var host = product.Start();
        await host.LineAsync("The worker is ready.");

        await RawAsync(
            host.Port,
            $"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        );

        await host.LineAsync("Executed 'Functions.");
        var executed = Assert.Single(
            host.Lines,
            line => line.Contains("Executed 'Functions.", StringComparison.Ordinal)
        );
        Assert.Contains($"Executed 'Functions.{function}' (Succeeded", executed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Records", "/api/v2/records", "/api/v2/records/", "/api/v2//records", "/api/v2/%72ecords")]
    [InlineData("Settings", "/api/v2/settings", "/api/v2/settings?x")]
    [InlineData("Updates", "/api/v2/updates?since=0")]
    [InlineData("Tokens", "/api/v2/webtoken", "/api/v2/apitoken")]
    [InlineData("Accounts", "/api/v2/bootstrap_authentication", "/api/v2/forcereset")]
    [InlineData("Version", "/api/v2/version")]
    public async Task Function_ThatIsSwitchedOff_IsTheHostsEmpty404(string function, params string[] targets)
    {
        var token = await SignInAsync(product.Other.Http, "ann");
        await using var host = product.Start(($"AzureWebJobs.{function}.Disabled", "true"));

        foreach (var target in targets)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
            {
                using var answer = await SendAsync(
                    host.Http,
                    method,
                    target,
                    token,
                    method == HttpMethod.Put ? "[]" : null
                );

                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
            }
        }

        using var other = await SendAsync(host.Http, HttpMethod.Get, "/api/status", token: null);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var unknown = await SendAsync(host.Http, HttpMethod.Get, "/api/v2/unknown", token);
        Assert.StartsWith("not found: ", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Health", "/api/status", "/api/v2/unknown")]
    [InlineData("Wildcard", "/api/v2/unknown", "/api/status")]
    public async Task Function_OfAllThatIsLeft_IsSwitchedOffAlone(string function, string target, string other)
    {
        var token = await SignInAsync(product.Other.Http, "ann");
        await using var host = product.Start(($"AzureWebJobs.{function}.Disabled", "true"));

        using var off = await SendAsync(host.Http, HttpMethod.Get, target, token);
        using var on = await SendAsync(host.Http, HttpMethod.Get, other, token);

        Assert.Equal(HttpStatusCode.NotFound, off.StatusCode);
        Assert.Empty(await off.Content.ReadAsByteArrayAsync());
        Assert.NotEmpty(await on.Content.ReadAsByteArrayAsync());
    }

    private static string Describe(JsonElement function)
    {
        // An HTTP function that returns nothing is reported with an answer as well.
        var binding = function
            .GetProperty("bindings")
            .EnumerateArray()
            .Single(each => each.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal));
        string[] details = ["type", "authLevel", "route", "queueName", "schedule"];
        return $"{function.GetProperty("name").GetString()}: "
            + string.Join(' ', details.Select(Text).Where(text => text is not null));

        string? Text(string name) => binding.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
