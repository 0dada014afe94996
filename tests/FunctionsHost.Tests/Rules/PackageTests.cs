using System.Text.Json.Nodes;
using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>What the host would not run is refused with one sentence.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Queue = """{"type":"queueTrigger","direction":"In","name":"message","queueName":"q"}""";

    private readonly ScriptedPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Theory]
    [InlineData("host.json", "host.json is missing")]
    [InlineData("worker.config.json", "worker.config.json is missing")]
    public async Task File_ThatIsMissing_IsNamed(string file, string sentence)
    {
        File.Delete(Path.Combine(_package.Path, file));

        await AssertRefusedAsync(sentence);
    }

    [Theory]
    [InlineData("""{"version":"3.0"}""", "version must be 2.0")]
    [InlineData("""{"version":"2.0","functionTimeout":"soon"}""", "host.json: ")]
    [InlineData("""{"version":"2.0","extensions":{"queues":{"batchSize":33}}}""", "batchSize must be from 1 to 32")]
    [InlineData("""{"version":"2.0","extensions":{"queues":{"messageEncoding":"utf8"}}}""", "not base64 or none")]
    [InlineData("{", "host.json: ")]
    public async Task Host_ThatIsWrong_IsRefused(string host, string sentence)
    {
        File.WriteAllText(Path.Combine(_package.Path, "host.json"), host);

        await AssertRefusedAsync(sentence);
    }

    [Theory]
    [InlineData("language", "node", "language must be dotnet-isolated, not 'node'")]
    [InlineData("defaultExecutablePath", "", "defaultExecutablePath is missing")]
    [InlineData("defaultExecutablePath", "no-such-program", "The worker cannot be started")]
    [InlineData("defaultWorkerPath", "Missing.dll", "there is no Missing.dll")]
    public async Task Worker_ThatCannotBeStarted_IsRefused(string property, string value, string sentence)
    {
        _package.Worker(config => config["description"]![property] = value);

        await AssertRefusedAsync(sentence);
    }

    [Fact]
    public async Task Worker_ForAnotherRuntimeThanTheApps_IsRefused() =>
        await AssertRefusedAsync("FUNCTIONS_WORKER_RUNTIME is 'python'", ("FUNCTIONS_WORKER_RUNTIME", "python"));

    [Theory]
    [InlineData("""{"framework":{"name":"Microsoft.NETCore.App","version":"8.0.0"}}""", "was built for .NET 8")]
    [InlineData("""{"frameworks":[{"name":"Microsoft.AspNetCore.App","version":"11.0.0"}]}""", "was built for .NET 11")]
    // Of this version, but not a version of it that there is: then "dotnet" itself says so.
    [InlineData("""{"framework":{"name":"Microsoft.NETCore.App","version":"10.0.999"}}""", "is not here")]
    public async Task Worker_BuiltForAnotherRuntime_IsRefused(string options, string sentence)
    {
        File.WriteAllText(Path.Combine(_package.Path, "Old.dll"), "");
        File.WriteAllText(
            Path.Combine(_package.Path, "Old.runtimeconfig.json"),
            $$"""{"runtimeOptions":{{options}}}"""
        );
        _package.Worker(config =>
        {
            config["description"]!["defaultExecutablePath"] = HostProgram.Dotnet;
            config["description"]!["defaultWorkerPath"] = "Old.dll";
        });

        await AssertRefusedAsync(sentence);
    }

    [Fact]
    public async Task Package_WithoutAFunction_IsRefused()
    {
        _package.Function("Api", null);

        await AssertRefusedAsync("reports no function");
    }

    [Fact]
    public async Task Worker_WithoutAnAddressForHttp_IsRefused() =>
        await AssertRefusedAsync("does not say where it takes HTTP calls", ("SCRIPT_START", "no http"));

    [Theory]
    [InlineData("admin/x", "belongs to the host")]
    [InlineData("runtimes", "belongs to the host")]
    [InlineData("{*path}", "is that of Api")]
    [InlineData("{id:nonsense}", "has the unknown constraint 'nonsense'")]
    [InlineData("{id", "is none: ")]
    public async Task Route_ThatTheHostRefuses_IsRefused(string route, string sentence)
    {
        _package.Function("Other", ScriptedPackage.Http(route));

        await AssertRefusedAsync(sentence);
    }

    [Theory]
    [InlineData("""{"type":"blobTrigger","name":"a"}""", "'blobTrigger' is not one of this emulator")]
    [InlineData("""{"type":"http","name":"a"}""", "exactly one trigger")]
    [InlineData("""{"type":"httpTrigger","name":"a"},{"type":"queue","name":"b"}""", "'queue' is not one of this")]
    [InlineData("""{"type":"httpTrigger","name":"a","authLevel":"nobody"}""", "'nobody' was not found")]
    [InlineData("""{"type":"timerTrigger","name":"a","schedule":"* * * *"}""", "is no schedule")]
    [InlineData("""{"type":"timerTrigger","name":"a","schedule":"%NOT_SET%"}""", "there is no setting NOT_SET")]
    [InlineData("""{"type":"timerTrigger","name":"a"}""", "lacks a property")]
    [InlineData("""{"type":"timerTrigger","name":"a","direction":"up"}""", "'up' was not found")]
    [InlineData(Queue, "there is no setting AzureWebJobsStorage")]
    public async Task Bindings_ThatAreWrong_AreRefused(string bindings, string sentence)
    {
        _package.Function("Other", bindings);

        await AssertRefusedAsync(sentence);
    }

    [Fact]
    public async Task Connection_ThatIsNone_IsRefused()
    {
        _package.Function("Other", Queue);

        await AssertRefusedAsync("", ("AzureWebJobsStorage", "nonsense"));
    }

    [Fact]
    public async Task Function_SwitchedOff_NeedsNothing()
    {
        _package.Function("Off", Queue);
        await using var host = _package.Start([("AzureWebJobs.Off.Disabled", "true")]);

        await host.LineAsync("Functions: Api");

        using var answer = await host.Http.GetAsync("/api/x");
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("--port 1", "--package is missing")]
    [InlineData("--package . --port many", "--port must be a port number")]
    [InlineData("--package", "--package needs a value")]
    [InlineData("--shape proxying", "--shape is unknown")]
    public async Task CommandLine_ThatIsWrong_IsRefused(string args, string sentence)
    {
        await using var host = HostProgram.StartWith(args.Split(' '));

        Assert.Equal(2, await host.ExitAsync());
        Assert.Contains(sentence, Assert.Single(host.Lines), StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(string sentence, params (string, string?)[] settings)
    {
        await using var host = _package.Start(settings);
        Assert.Equal(2, await host.ExitAsync());
        Assert.Contains(sentence, Assert.Single(host.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Lines, line => line.StartsWith("   at ", StringComparison.Ordinal));
    }
}
