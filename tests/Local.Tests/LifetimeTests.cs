using System.Net;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

public sealed class LifetimeTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _site = new();
    private readonly string _bind = $"127.0.0.1:{LocalProgram.FreePort()}";

    public void Dispose()
    {
        _data.Dispose();
        _site.Dispose();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Signal_WhileRunning_StopsEverything(string signal)
    {
        await using var program = StartWithEcho();
        await program.RunningAsync();
        var children = program.Descendants();
        Assert.NotEmpty(children);

        await program.SignalAsync(signal);

        Assert.Equal(0, await program.ExitAsync());
        await Task.WhenAll(children.Select(ProcessTable.EndedAsync));
        Assert.Contains("TimeTagger has stopped.", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpectedly", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_WhileTheSiteIsBuilt_StopsEverything()
    {
        await using var program = LocalProgram.Start(["--bind", _bind, "--datadir", _data.Path]);
        await program.LineAsync("Starting TimeTagger ...");
        var children = program.Descendants();

        await program.SignalAsync("INT");

        Assert.Equal(0, await program.ExitAsync());
        await Task.WhenAll(children.Select(ProcessTable.EndedAsync));
        Assert.DoesNotContain("TimeTagger is running", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_ToEveryProcessAsFromATerminal_IsNoCrashOfTheHandler()
    {
        await using var program = StartWithEcho();
        await program.RunningAsync();

        await Task.WhenAll(program.Descendants().Append(program.Id).Select(id => ProcessTable.SignalAsync(id, "INT")));

        Assert.Equal(0, await program.ExitAsync());
        Assert.DoesNotContain("unexpectedly", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_OfTheFront_EndsTheHandler()
    {
        await using var program = StartWithEcho();
        await program.RunningAsync();
        var children = program.Descendants();
        Assert.NotEmpty(children);

        await program.SignalAsync("KILL");

        await Task.WhenAll(children.Select(ProcessTable.EndedAsync));
    }

    [Fact]
    public async Task HandlerDies_Once_IsStartedAgainAndCallersAreToldToTryAgain()
    {
        await using var program = StartWithEcho();
        await program.RunningAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"http://{_bind}") };

        using var died = await client.GetAsync("/api/die");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, died.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), died.Headers.RetryAfter?.Delta);
        Assert.Equal("text/plain", died.Content.Headers.ContentType?.MediaType);

        await program.LineAsync("The handler ended unexpectedly (exit code 7); starting it again.");
        HttpStatusCode status;
        do
        {
            using var answer = await client.GetAsync("/api/x");
            status = answer.StatusCode;
        } while (status == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Single(program.Descendants());
    }

    [Fact]
    public async Task HandlerDies_AtEveryStart_GivesUp()
    {
        await using var program = StartWithEcho(("ECHO_DIES_AT_ONCE", "true"));
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("handler | cannot live", program.Output, StringComparison.Ordinal);
        Assert.Contains("(exit code 9), 3 times within a minute", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("TimeTagger is running", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_ThatIsNoJson_StopsWithOneSentence()
    {
        _site.Write("staticwebapp.config.json", "{");
        await using var program = StartWithEcho();
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("staticwebapp.config.json cannot be used", program.Output, StringComparison.Ordinal);
        Assert.Empty(program.Descendants());
    }

    [Fact]
    public async Task Start_OnAllAddresses_Warns()
    {
        await using var program = LocalProgram.Start([
            "--bind",
            _bind.Replace("127.0.0.1", "0.0.0.0", StringComparison.Ordinal),
            .. Arguments.Skip(2),
        ]);
        await program.RunningAsync();
        Assert.Contains("Traffic is not encrypted", program.Output, StringComparison.Ordinal);
        Assert.Contains("without a password is off", program.Output, StringComparison.Ordinal);
    }

    private string[] Arguments =>
        ["--bind", _bind, "--datadir", _data.Path, "--site", _site.Path, "--handler", FrontFixture.EchoHandler];

    private LocalProgram StartWithEcho(params (string, string)[] environment) =>
        LocalProgram.Start(Arguments, environment);
}
