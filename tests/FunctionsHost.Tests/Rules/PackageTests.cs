using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>What the host would not run is refused at once.</summary>
public sealed class PackageTests
{
    private const string Queue = """{"type":"queueTrigger","direction":"in","name":"message","queueName":"q"}""";

    [Theory]
    [InlineData("""{"version":"3.0"}""", "version must be 2.0")]
    [InlineData("""{"version":"2.0"}""", "Missing worker Description")]
    [InlineData(
        """{"version":"2.0","customHandler":{"description":{"workingDirectory":"x"}}}""",
        "defaultExecutablePath is missing"
    )]
    [InlineData(
        """{"version":"2.0","customHandler":{"description":{"defaultExecutablePath":"x"}},"extensionBundle":{"id":"x"}}""",
        "needs id and version"
    )]
    [InlineData("{", "host.json: ")]
    public async Task Host_ThatIsWrong_IsRefused(string host, string sentence)
    {
        using var package = new ScriptedPackage();
        File.WriteAllText(Path.Combine(package.Path, "host.json"), host);

        await AssertRefusedAsync(package, sentence);
    }

    [Theory]
    [InlineData("admin/x", "belongs to the host")]
    [InlineData("runtimes", "belongs to the host")]
    [InlineData("{*path}", "is that of Api")]
    public async Task Route_ThatTheHostRefuses_IsRefused(string route, string sentence)
    {
        using var package = new ScriptedPackage();
        package.Function("Other", ScriptedPackage.Http(route));

        await AssertRefusedAsync(package, sentence);
    }

    [Theory]
    [InlineData("""{"type":"blobTrigger","name":"a"}""", "'blobTrigger' is not one of this emulator")]
    [InlineData("""{"type":"http","name":"a"}""", "exactly one trigger")]
    [InlineData("""{"type":"httpTrigger","name":"a"},{"type":"queue","name":"b"}""", "lacks a property")]
    [InlineData("""{"type":"httpTrigger","name":"a","authLevel":"nobody"}""", "'nobody' was not found")]
    [InlineData(
        """{"type":"httpTrigger","name":"a"},{"type":"queue","name":"b","queueName":"q"}""",
        "there is no setting AzureWebJobsStorage"
    )]
    [InlineData("""{"type":"timerTrigger","name":"a","schedule":"* * * * *"}""", "is no schedule")]
    [InlineData(Queue, "there is no setting AzureWebJobsStorage")]
    public async Task Bindings_ThatAreWrong_AreRefused(string bindings, string sentence)
    {
        using var package = new ScriptedPackage();
        package.Function("Other", bindings);

        await AssertRefusedAsync(package, sentence);
    }

    [Theory]
    [InlineData("""{"strategy":"sometimes","maxRetryCount":1}""", "there is no strategy 'sometimes'")]
    [InlineData("""{"strategy":"fixedDelay","delayInterval":"00:00:01"}""", "maxRetryCount must be a number")]
    [InlineData(
        """{"strategy":"exponentialBackoff","maxRetryCount":1,"minimumInterval":"00:00:01"}""",
        "maximumInterval"
    )]
    public async Task Retry_ThatIsWrong_IsRefused(string retry, string sentence)
    {
        using var package = new ScriptedPackage();
        package.Function(
            "Other",
            """{"type":"timerTrigger","name":"a","schedule":"* * * * * *"}""",
            $",\"retry\":{retry}"
        );

        await AssertRefusedAsync(package, sentence);
    }

    [Theory]
    [InlineData(Queue)]
    [InlineData("""{"type":"httpTrigger","name":"a"},{"type":"queue","name":"b","queueName":"q"}""")]
    public async Task Queue_WithoutAnExtensionBundle_IsRefused(string bindings)
    {
        using var package = new ScriptedPackage();
        package.Host(host => host.AsObject().Remove("extensionBundle"));
        package.Function("Other", bindings);

        await AssertRefusedAsync(package, "are not registered");
    }

    [Fact]
    public async Task Function_DisabledByASetting_IsNotThereAndOneDisabledInItsFileIs()
    {
        using var package = new ScriptedPackage();
        package.Function("Off", Queue);
        File.WriteAllText(
            Path.Combine(package.Path, "Api", "function.json"),
            $$"""{"disabled":true,"bindings":[{{ScriptedPackage.Http("{*path}")}}]}"""
        );
        await using var host = package.Start([("AzureWebJobs.Off.Disabled", "true")]);

        await host.LineAsync("(Proxying): Api");

        Assert.DoesNotContain("Off", host.Output, StringComparison.Ordinal);
        using var answer = await host.Http.GetAsync("/api/x");
        Assert.Equal(200, (int)answer.StatusCode);
    }

    private static async Task AssertRefusedAsync(ScriptedPackage package, string sentence)
    {
        await using var host = package.Start();
        Assert.Equal(2, await host.ExitAsync());
        Assert.Contains(sentence, Assert.Single(host.Lines), StringComparison.Ordinal);
    }
}
