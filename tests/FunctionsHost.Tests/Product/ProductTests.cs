using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Storage.Queues;
using TimeTagger.FunctionsHost.Tests.Emulator;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Product;

/// <summary>The published package under the host: what it is made of works as trimmed as it is, in both shapes.</summary>
public sealed class ProductTests(PackageOfTheProduct product) : IClassFixture<PackageOfTheProduct>
{
    private static readonly string[] Shapes = ["forwarding", "proxying"];

    [Theory]
    [InlineData("forwarding")]
    [InlineData("proxying")]
    public async Task Account_OnAzureStorage_KeepsWhatItIsGiven(string shape)
    {
        var http = product.Host(shape).Http;
        var token = await SignInAsync(http, "ann");
        var key = $"{shape} %2F &=#ä";

        var stored = await CallAsync(http, HttpMethod.Put, "records", token, Record(key));
        var updates = await CallAsync(http, HttpMethod.Get, "updates?since=0", token);
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

    [Theory]
    [InlineData("forwarding")]
    [InlineData("proxying")]
    public async Task Put_TooLargeForARow_IsStoredWithItsBlob(string shape)
    {
        var http = product.Host(shape).Http;
        var token = await SignInAsync(http, "bob");
        var random = new Random(7);
        var noise = new byte[150];
        var list = Enumerable
            .Range(0, 8000)
            .Select(i =>
            {
                random.NextBytes(noise);
                return $$"""{"key":"{{shape}}-{{i}}","mt":1,"t1":1,"t2":2,"ds":"{{Convert.ToBase64String(noise)}}"}""";
            });

        var answer = await CallAsync(http, HttpMethod.Put, "records", token, $"[{string.Join(',', list)}]");

        Assert.Equal(8000, answer.GetProperty("accepted").GetArrayLength());
        var other = product.Host(Shapes.Single(one => one != shape)).Http;
        var keys = Keys(await CallAsync(other, HttpMethod.Get, "updates?since=0", token));
        Assert.Equal(8000, keys.Count(key => key.StartsWith($"{shape}-", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("forwarding", 400)] // It arrives as "0-1,100-200", and nobody can say what was meant.
    [InlineData("proxying", 200)] // The last one counts.
    public async Task Query_WithARepeatedKey_IsNeverADefect(string shape, int status)
    {
        var http = product.Host(shape).Http;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v2/records?timerange=0-1&timerange=100-200");
        request.Headers.Add("authtoken", await SignInAsync(http, "ann"));

        using var answer = await http.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("forwarding", 400)] // The header is lost, and the list is none.
    [InlineData("proxying", 415)]
    public async Task Put_ThatIsEncoded_IsRefused(string shape, int status)
    {
        var http = product.Host(shape).Http;
        var token = await SignInAsync(http, "ann");
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v2/records")
        {
            Content = new ByteArrayContent([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
        };
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.Add("authtoken", token);

        using var answer = await http.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("forwarding", "GET", "/api/v2/updates", 401)]
    [InlineData("proxying", "GET", "/api/v2/updates", 401)]
    [InlineData("forwarding", "DELETE", "/api/v2/records", 401)]
    [InlineData("proxying", "OPTIONS", "/api/status", 200)]
    [InlineData("forwarding", "GET", "/api/status", 200)]
    [InlineData("proxying", "GET", "/api/status", 200)]
    // No way leads from outside to what the host calls.
    [InlineData("forwarding", "POST", "/Maintenance", 404)]
    [InlineData("proxying", "POST", "/Maintenance", 404)]
    [InlineData("forwarding", "POST", "/api/Maintenance", 404)]
    [InlineData("proxying", "POST", "/api/Maintenance", 404)]
    [InlineData("forwarding", "POST", "/api/..%2fMaintenance", 404)]
    [InlineData("proxying", "POST", "/api/..%2fMaintenance", 404)]
    [InlineData("forwarding", "POST", "/api/%2e%2e/Maintenance", 404)]
    [InlineData("proxying", "POST", "/api/%2e%2e/Maintenance", 404)]
    [InlineData("forwarding", "POST", "/api/%252e%252e/Maintenance", 404)]
    [InlineData("proxying", "POST", "/api/%252e%252e/Maintenance", 404)]
    [InlineData("forwarding", "POST", "/api/%252e%252e/Sweep", 404)]
    [InlineData("forwarding", "POST", "/api/..%5cMaintenance", 404)]
    [InlineData("forwarding", "POST", "/api/%252e%252e%5cSweep", 404)]
    [InlineData("forwarding", "POST", "/api//Maintenance", 404)]
    [InlineData("proxying", "POST", "/api/%5c..%5cMaintenance", 404)]
    [InlineData("forwarding", "POST", "/Sweep", 404)]
    [InlineData("proxying", "POST", "//Sweep", 404)]
    public async Task Call_WithoutAToken_GetsNoFurther(string shape, string method, string target, int status)
    {
        const string payload = """{"Data":{"message":"bC5ZUQ==","timer":{}}}""";
        var request =
            $"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {payload.Length}\r\n\r\n{payload}";

        var answer = await RawAsync(product.Host(shape).Port, request);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Triggers_OfTheHost_Succeed()
    {
        var queue = new QueueClient(product.Storage, "maintenance");
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync("l.YW5u");

        using var patience = new CancellationTokenSource(HostProgram.Patience);
        while (
            !Shapes.Any(shape =>
                product.Host(shape).Output.Contains("Maintenance: Succeeded", StringComparison.Ordinal)
            )
        )
        {
            await Task.Delay(20, patience.Token);
        }

        foreach (var shape in Shapes)
        {
            await product.Host(shape).LineAsync("Sweep: Succeeded", 2);
            Assert.DoesNotContain("Failed", product.Host(shape).Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Handler_InTheInheritedEnvironment_ListensWhereItShouldAndWritesNothing()
    {
        foreach (var shape in Shapes)
        {
            Assert.Equal(HttpStatusCode.OK, (await product.Host(shape).Http.GetAsync("/api/status")).StatusCode);
            Assert.DoesNotContain("warn", product.Host(shape).Output, StringComparison.Ordinal);
            Assert.DoesNotContain("handler error", product.Host(shape).Output, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(product.Scratch));
        Assert.Equal(Files(await PublishedPackage.FolderAsync()), Files(product.Package));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Handler_ThatIsSignalled_IsStartedAgain(string signal)
    {
        await using var host = HostProgram.Start(product.Package, product.Settings());
        await host.LineAsync("The handler is ready.");
        var handler = Assert.Single(ProcessTable.Descendants(host.Id));

        await ProcessTable.SignalAsync(handler, signal);

        await host.LineAsync(signal == "TERM" ? "started again (it asked for it)" : "crashed (exit code 137)");
        using var answer = await host.Http.GetAsync("/api/status");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task EmbeddedStore_InThePackage_Works()
    {
        using var data = new TemporaryFolder();
        (string, string?)[] settings =
        [
            .. product.Settings(),
            ("TIMETAGGER_STORAGE", "embedded"),
            ("TIMETAGGER_DATADIR", data.Path),
        ];
        await using var host = HostProgram.Start(product.Package, settings);

        var token = await SignInAsync(host.Http, "ann");
        await CallAsync(host.Http, HttpMethod.Put, "records", token, Record("a"));

        Assert.Equal(["a"], Keys(await CallAsync(host.Http, HttpMethod.Get, "updates?since=0", token)));
        Assert.True(File.Exists(Path.Combine(data.Path, "timetagger.db")));
    }

    [Fact]
    public async Task Zip_HasWhatTheFolderHasAndAnExecutable()
    {
        var folder = await PublishedPackage.FolderAsync();
        await using var zip = await ZipFile.OpenReadAsync(Path.Combine(folder, "..", "timetagger.zip"));

        Assert.Equal(Files(folder), zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        var handler = zip.GetEntry("handler/TimeTagger.Api")!;
        Assert.Equal("755", Convert.ToString((handler.ExternalAttributes >> 16) & 0x1FF, 8));
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal);

    private static string Record(string key) =>
        $$"""[{"key":{{JsonSerializer.Serialize(key)}},"mt":1,"t1":100,"t2":200}]""";

    private static List<string> Keys(JsonElement answer) =>
        [.. answer.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("key").GetString()!)];

    private static async Task<string> SignInAsync(HttpClient http, string user)
    {
        var proof = $$"""{"method":"usernamepassword","username":"{{user}}","password":"U*U"}""";
        using var content = new StringContent(Convert.ToBase64String(Encoding.UTF8.GetBytes(proof)));
        using var answer = await http.PostAsync("/api/v2/bootstrap_authentication", content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("token").GetString()!;
    }

    private static async Task<JsonElement> CallAsync(
        HttpClient http,
        HttpMethod method,
        string path,
        string token,
        string? body = null
    )
    {
        using var request = new HttpRequestMessage(method, $"/api/v2/{path}");
        request.Headers.Add("authtoken", token);
        request.Content = body is null ? null : new StringContent(body);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task<string> RawAsync(int port, string request)
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
