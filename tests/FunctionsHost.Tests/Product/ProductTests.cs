using System.Net;
using Azure.Storage.Queues;
using TimeTagger.FunctionsHost.Tests.Emulator;
using TimeTagger.TestSupport;
using static TimeTagger.FunctionsHost.Tests.Product.Calls;

namespace TimeTagger.FunctionsHost.Tests.Product;

/// <summary>The published package under the host.</summary>
public sealed class ProductTests(PackageOfTheProduct product) : IClassFixture<PackageOfTheProduct>
{
    [Fact]
    public async Task Account_OnAzureStorage_KeepsWhatItIsGiven()
    {
        const string key = "%2F &=#ä";
        var http = product.Host.Http;
        var token = await SignInAsync(http, "ann");

        var stored = await CallAsync(http, HttpMethod.Put, "records", token, Record(key));
        var updates = await CallAsync(product.Other.Http, HttpMethod.Get, "updates?since=0", token);
        var range = await CallAsync(http, HttpMethod.Get, "records?timerange=100-200&hidden=0", token);
        var program = (await CallAsync(http, HttpMethod.Get, "apitoken", token)).GetProperty("token").GetString()!;
        var settings = await CallAsync(
            http,
            HttpMethod.Put,
            "settings",
            program,
            """[{"key":"a","mt":1,"value":{"b":[1]}}]"""
        );

        Assert.Equal([key], stored.GetProperty("accepted").EnumerateArray().Select(item => item.GetString()));
        Assert.Contains(key, Keys(updates));
        Assert.Contains(key, Keys(range));
        Assert.Equal("a", settings.GetProperty("accepted")[0].GetString());
    }

    [Fact]
    public async Task Put_TooLargeForARow_IsStoredWithItsBlob()
    {
        var http = product.Host.Http;
        var token = await SignInAsync(http, "bob");
        var random = new Random(7);
        var noise = new byte[150];
        var list = Enumerable
            .Range(0, 8000)
            .Select(i =>
            {
                random.NextBytes(noise);
                return $$"""{"key":"large-{{i}}","mt":1,"t1":1,"t2":2,"ds":"{{Convert.ToBase64String(noise)}}"}""";
            });

        var answer = await CallAsync(http, HttpMethod.Put, "records", token, $"[{string.Join(',', list)}]");

        Assert.Equal(8000, answer.GetProperty("accepted").GetArrayLength());
        var keys = Keys(await CallAsync(product.Other.Http, HttpMethod.Get, "updates?since=0", token));
        Assert.Equal(8000, keys.Count(key => key.StartsWith("large-", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(11 * 1024 * 1024)]
    [InlineData(40 * 1024 * 1024)] // more than the server's own limit, were it not told ours
    public async Task Put_OfABodyThatIsTooLarge_IsRefusedInOurWords(int bytes)
    {
        var token = await SignInAsync(product.Host.Http, "ann");
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v2/records");
        request.Headers.Add("authtoken", token);
        request.Content = new ByteArrayContent(new byte[bytes]);

        using var answer = await product.Host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.StartsWith("request too large: ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v2/updates", 401)]
    [InlineData("DELETE", "/api/v2/records", 401)]
    [InlineData("OPTIONS", "/api/status", 200)]
    [InlineData("GET", "/api/status", 200)]
    [InlineData("POST", "/Maintenance", 404)]
    [InlineData("POST", "/api/Maintenance", 404)]
    [InlineData("POST", "/api/..%2fMaintenance", 404)]
    [InlineData("POST", "/api/%252e%252e/Sweep", 404)]
    [InlineData("POST", "/api//Maintenance", 404)]
    [InlineData("POST", "/admin/functions/Sweep", 401)]
    public async Task Call_WithoutAToken_GetsNoFurther(string method, string target, int status)
    {
        const string body = """{"input":"l.YWRh"}""";
        var answer = await RawAsync(
            product.Host.Port,
            $"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", null)]
    [InlineData("proxy", null)]
    [InlineData("localhost", "WEBSITE_SITE_NAME")]
    [InlineData("proxy", "WEBSITE_INSTANCE_ID")]
    [InlineData("usernamepassword", "WEBSITE_SITE_NAME")]
    [InlineData("usernamepassword", "WEBSITE_INSTANCE_ID")]
    public async Task SignIn_ByWhatOneMachineHas_DoesNotExistWhateverIsSetOrForged(string method, string? azure)
    {
        await using var host = product.Start(
            ("TIMETAGGER_PROXY_AUTH_ENABLED", "true"),
            ("TIMETAGGER_PROXY_AUTH_TRUSTED", "0.0.0.0/0,::/0"),
            ("TIMETAGGER_BIND", "127.0.0.1:8080"),
            (azure ?? "UNUSED", "x")
        );
        var proof = $$"""{"method":"{{method}}","username":"ann","password":"U*U"}""";
        (string, string)[][] forged =
        [
            [],
            [("X-Remote-User", "ann"), ("X-Forwarded-For", "127.0.0.1"), ("Host", "localhost")],
            [("X-MS-CLIENT-PRINCIPAL-ID", "ann"), ("X-MS-CLIENT-PRINCIPAL", "e30="), ("Forwarded", "for=127.0.0.1")],
        ];

        foreach (var headers in forged)
        {
            using var answer = await TrySignInAsync(host.Http, proof, headers);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal($"Invalid authentication method: {method}", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Triggers_OfTheHost_Succeed()
    {
        var queue = new QueueClient(product.Storage, "maintenance");
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync("l.YW5u");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/functions/Sweep");
        request.Headers.Add("x-functions-key", PackageOfTheProduct.MasterKey);
        request.Content = new StringContent("""{"input":""}""");
        using var answer = await product.Host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await product.Host.LineAsync("Executed 'Functions.Sweep' (Succeeded");
        using var patience = new CancellationTokenSource(HostProgram.Patience);
        while (
            !Hosts()
                .Any(host =>
                    host.Output.Contains("Executed 'Functions.Maintenance' (Succeeded", StringComparison.Ordinal)
                )
        )
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.All(Hosts(), host => Assert.DoesNotContain("(Failed", host.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_InTheInheritedEnvironment_WritesNothing()
    {
        foreach (var host in Hosts())
        {
            using var answer = await host.Http.GetAsync("/api/status");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain("warn", host.Output, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(product.Scratch));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task Worker_ThatIsSignalled_IsStartedAgain(string signal)
    {
        await using var host = product.Start();
        await host.LineAsync("The worker is ready.");
        var worker = Assert.Single(ProcessTable.Descendants(host.Id));

        await ProcessTable.SignalAsync(worker, signal);

        await host.LineAsync("The worker is ready.", 2);
        using var answer = await host.Http.GetAsync("/api/status");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("exit code 0", host.Output, StringComparison.Ordinal);
    }

    // A worker that says it sends its log itself has none in the host's: so it may only say so where it does.
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", false)]
    public async Task Log_OfTheWorker_IsInTheHostsWhereNobodyElseGetsIt(string variable, bool isThere)
    {
        await using var host = product.Start(
            (variable, "http://127.0.0.1:9"),
            ("TIMETAGGER_LOG_LEVEL", "debug"),
            ("AzureFunctionsJobHost__logging__logLevel__default", "Debug")
        );
        await host.LineAsync("The worker is ready.");

        using var answer = await host.Http.GetAsync("/api/status");

        await host.LineAsync("Executed 'Functions.Health'");
        Assert.Equal(isThere, host.Output.Contains("GET /api/status 200 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_WhoseHostIsKilled_EndsByItself()
    {
        await using var host = product.Start();
        await host.LineAsync("The worker is ready.");
        var worker = Assert.Single(ProcessTable.Descendants(host.Id));

        await ProcessTable.SignalAsync(host.Id, "KILL");

        await ProcessTable.EndedAsync(worker);
    }

    [Fact]
    public async Task Host_ThatIsStopped_EndsTheWorkerWithoutACrash()
    {
        await using var host = product.Start();
        await host.LineAsync("The worker is ready.");

        host.CloseInput();

        Assert.Equal(0, await host.ExitAsync());
        Assert.DoesNotContain("crash", host.Output, StringComparison.OrdinalIgnoreCase);
    }

    private HostProgram[] Hosts() => [product.Host, product.Other];
}
