using System.Text.Json;
using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Who may call what, and what the host does for who has its master key.</summary>
public sealed class KeyTests(KeyedHost keyed) : IClassFixture<KeyedHost>
{
    [Theory]
    [InlineData("/api/keyed", null, 401)]
    [InlineData("/api/keyed", "wrong", 401)]
    [InlineData("/api/keyed", "own", 200)]
    [InlineData("/api/keyed", "hosts", 200)]
    [InlineData("/api/keyed", "master", 200)]
    [InlineData("/api/other", "own", 401)]
    [InlineData("/api/other", "hosts", 200)]
    [InlineData("/api/for-admins", "own", 401)]
    [InlineData("/api/for-admins", "hosts", 401)]
    [InlineData("/api/for-admins", "master", 200)]
    [InlineData("/api/x/anonymous", null, 200)]
    [InlineData("/api/x/anonymous", "wrong", 200)]
    [InlineData("/admin/host/ping", null, 200)]
    [InlineData("/admin/host/status", null, 401)]
    [InlineData("/admin/host/status", "hosts", 401)]
    [InlineData("/admin/host/status", "master", 200)]
    [InlineData("/admin/host/unknown", "master", 404)]
    [InlineData("/admin/functions", "hosts", 401)]
    [InlineData("/runtime/webhooks/x", "master", 404)]
    public async Task Call_WithAKey_IsAllowedWhatTheKeyIsFor(string path, string? key, int status)
    {
        foreach (var request in new[] { new HttpRequestMessage(HttpMethod.Get, path), InQuery(path, key) })
        {
            using (request)
            {
                if (key is not null && request.RequestUri!.OriginalString == path)
                {
                    request.Headers.Add("x-functions-key", key);
                }

                using var answer = await keyed.Host.Http.SendAsync(request);

                Assert.Equal(status, (int)answer.StatusCode);
                Assert.Equal(status == 401, status == 401 && (await answer.Content.ReadAsByteArrayAsync()).Length == 0);
            }
        }
    }

    [Fact]
    public async Task Key_ThatOpened_IsPassedOn()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/keyed?code=wrong");
        request.Headers.Add("x-functions-key", "own"); // which counts before the query

        using var answer = await keyed.Host.Http.SendAsync(request);

        var seen = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.Equal("/api/keyed?code=wrong", seen.GetProperty("url").GetString());
        Assert.Equal("own", seen.GetProperty("headers").GetProperty("x-functions-key").GetString());
    }

    [Fact]
    public async Task Functions_AreListedAsTheWorkerReportedThem()
    {
        var list = await GetAsync("/admin/functions?code=master");

        var functions = list.EnumerateArray().ToDictionary(each => each.GetProperty("name").GetString()!);
        Assert.Equal(
            ["Admins", "Api", "Keyed", "Off", "Other", "Tick", "Work"],
            functions.Keys.Order(StringComparer.Ordinal)
        );
        JsonElement Trigger(string name) => functions[name].GetProperty("config").GetProperty("bindings")[0];
        string Property(string name, string property) => Trigger(name).GetProperty(property).GetString()!;
        Assert.Equal("x/{*path}", Property("Api", "route"));
        Assert.Equal("Anonymous", Property("Api", "authLevel"));
        Assert.Equal("none", Property("Work", "queueName"));
        Assert.Equal("0 0 0 1 1 *", Property("Tick", "schedule"));
        Assert.Equal("Entry.Tick", functions["Tick"].GetProperty("config").GetProperty("entryPoint").GetString());
        Assert.Equal(
            ["Off"],
            functions.Where(each => each.Value.GetProperty("isDisabled").GetBoolean()).Select(each => each.Key)
        );
        Assert.EndsWith(
            "/api/x/{*path}",
            functions["Api"].GetProperty("invoke_url_template").GetString()!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Function_CanBeLookedAtAlone()
    {
        var function = await GetAsync("/admin/functions/keyed?code=master");

        Assert.Equal("Keyed", function.GetProperty("name").GetString());
        Assert.Equal("Running", (await GetAsync("/admin/host/status?code=master")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Function_RunByHand_GetsTheInput()
    {
        Assert.Equal(202, await RunAsync("Tick", "master"));
        Assert.Equal(202, await RunAsync("Work", "master"));

        var calls = await keyed.CallsAsync("Tick", "Work");
        Assert.False(calls["Tick"].GetProperty("data").GetProperty("IsPastDue").GetBoolean());
        Assert.Equal("by hand", calls["Tick"].GetProperty("metadata").GetProperty("timer").GetString());
        Assert.Equal("by hand", calls["Work"].GetProperty("data").GetString());
    }

    [Theory]
    [InlineData("Tick", "own", 401)]
    [InlineData("Unknown", "master", 404)]
    [InlineData("Keyed", "master", 501)]
    public async Task Function_ThatCannotBeRunByHand_IsNot(string name, string key, int status) =>
        Assert.Equal(status, await RunAsync(name, key));

    private async Task<JsonElement> GetAsync(string path) =>
        JsonSerializer.Deserialize<JsonElement>(await keyed.Host.Http.GetStringAsync(path));

    private async Task<int> RunAsync(string name, string key)
    {
        using var content = new StringContent("""{"input":"by hand"}""");
        using var answer = await keyed.Host.Http.PostAsync($"/admin/functions/{name}?code={key}", content);
        return (int)answer.StatusCode;
    }

    private static HttpRequestMessage InQuery(string path, string? key) =>
        new(HttpMethod.Get, key is null ? path : $"{path}?code={key}");
}

/// <summary>A host with keys.</summary>
public sealed class KeyedHost : IAsyncLifetime
{
    internal ScriptedPackage Package { get; } = new();

    internal HostProgram Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Package.Function("Api", ScriptedPackage.Http("x/{*path}"));
        Package.Function("Keyed", Level("keyed", ""));
        Package.Function("Other", Level("other", """ "authLevel":"Function", """));
        Package.Function("Admins", Level("for-admins", """ "authLevel":"Admin", """));
        Package.Function("Off", ScriptedPackage.Http("off"));
        Package.Function("Tick", """{"type":"timerTrigger","name":"timer","schedule":"0 0 0 1 1 *"}""");
        Package.Function(
            "Work",
            """{"type":"queueTrigger","name":"message","queueName":"none","connection":"NOWHERE","dataType":"Binary"}"""
        );
        Package.Keys("keyed", """{"keys":[{"name":"default","value":"own","encrypted":false}]}""");
        var folder = Package.Keys(
            "host",
            """{"masterKey":{"name":"master","value":"master"},"functionKeys":[{"name":"default","value":"hosts"}]}"""
        );
        // The queue is not looked at: its account does not answer.
        const string nowhere =
            "AccountName=devstoreaccount1;AccountKey=c2VjcmV0;QueueEndpoint=http://127.0.0.1:1/devstoreaccount1";
        Host = Package.Start([
            ("FUNCTIONS_SECRETS_PATH", folder),
            ("NOWHERE", nowhere),
            ("AzureWebJobs.Off.Disabled", "true"),
        ]);
        await Host.LineAsync("The worker is ready.");
    }

    /// <summary>The calls of functions, as soon as each has one.</summary>
    internal async Task<IReadOnlyDictionary<string, JsonElement>> CallsAsync(params IReadOnlyList<string> functions)
    {
        using var patience = new CancellationTokenSource(HostProgram.Patience);
        while (true)
        {
            var calls = Package
                .Noted("call")
                .GroupBy(call => call.GetProperty("function").GetString()!)
                .ToDictionary(group => group.Key, group => group.First());
            if (functions.All(calls.ContainsKey))
            {
                return calls;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Package.Dispose();
    }

    private static string Level(string route, string level) =>
        ScriptedPackage.Http(route).Replace("\"authLevel\":\"Anonymous\",", level, StringComparison.Ordinal);
}
