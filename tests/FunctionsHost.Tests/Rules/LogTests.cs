using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>What the host writes of calls and of the worker.</summary>
public sealed class LogTests : IDisposable
{
    private readonly ScriptedPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Fact]
    public async Task Call_AtInformation_HasTwoLines()
    {
        await using var host = _package.Start();

        await host.Http.GetAsync("/api/x");
        await host.LineAsync("Executed 'Functions.Api' (Succeeded, Id=");

        Assert.Equal(2, host.Lines.Count(line => line.Contains("'Functions.Api'", StringComparison.Ordinal)));
        Assert.Contains(
            host.Lines,
            line => line.StartsWith("Executing 'Functions.Api' (Reason='", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("Warning", 0, 1)]
    [InlineData("Error", 0, 0)]
    [InlineData("Information", 2, 2)]
    public async Task Level_OfHostJson_DecidesWhatIsWritten(string level, int linesOfCalls, int linesOfTheWorker)
    {
        _package.Host(host => host["logging"]!["logLevel"]!["default"] = level);
        await using var host = _package.Start();

        await host.Http.GetAsync("/api/x?log=noted&level=2");
        await host.Http.GetAsync("/api/x?log=warned&level=3");
        await host.Http.GetAsync("/api/x?throw");
        await host.Http.GetAsync("/api/x?log=broken&level=5");
        await host.LineAsync("worker | crit: Scripted: broken");

        Assert.Equal(linesOfCalls * 4 / 2, Count(host, "Executing"));
        Assert.Equal(linesOfCalls * 3 / 2, Count(host, "(Succeeded"));
        Assert.Equal(1, Count(host, "(Failed"));
        Assert.Equal(linesOfTheWorker, Count(host, "Scripted: noted") + Count(host, "Scripted: warned"));
    }

    [Fact]
    public async Task Level_CanBeThatOfOneFunctionAndCanBeSetByAVariable()
    {
        _package.Host(host => host["logging"]!["logLevel"]!["default"] = "Warning");
        _package.Function("Other", ScriptedPackage.Http("other"));
        _package.Function("Api", ScriptedPackage.Http("x"));
        await using var host = _package.Start([
            ("AzureFunctionsJobHost__logging__logLevel__Function.Other", "Information"),
        ]);

        await host.Http.GetAsync("/api/x");
        await host.Http.GetAsync("/api/other");
        await host.LineAsync("Executed 'Functions.Other'");

        Assert.Equal(0, Count(host, "'Functions.Api'"));
    }

    [Fact]
    public async Task Output_OfTheWorker_IsInTheLogWhateverTheLevel()
    {
        _package.Host(host => host["logging"]!["logLevel"]!["default"] = "None");
        await using var host = _package.Start([("SCRIPT_START", "say")]);

        await host.LineAsync("worker | said");
        await host.LineAsync("worker error | complained");
    }

    private static int Count(HostProgram host, string text) =>
        host.Lines.Count(line => line.Contains(text, StringComparison.Ordinal));
}
