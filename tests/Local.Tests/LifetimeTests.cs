using System.Net;
using System.Net.Sockets;
using System.Text;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>How it starts, ends, and what is left of it.</summary>
public sealed class LifetimeTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Signal_WhileRunning_Stops(string signal)
    {
        await using var started = new Started();
        using var client = await started.RunAsync();
        Assert.Empty(started.Program.Descendants());

        await started.Program.SignalAsync(signal);

        Assert.Equal(0, await started.Program.ExitAsync());
        Assert.EndsWith("TimeTagger has stopped.", started.Program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", started.Program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_WhileTheSiteIsBuilt_StopsEverything()
    {
        using var data = new TemporaryFolder();
        var bind = $"127.0.0.1:{LocalProgram.FreePort()}";
        await using var program = LocalProgram.Start(["--bind", bind, "--datadir", data.Path]);
        await program.LineAsync("Starting TimeTagger ...");
        var children = program.Descendants();

        await program.SignalAsync("INT");

        Assert.Equal(0, await program.ExitAsync());
        await Task.WhenAll(children.Select(ProcessTable.EndedAsync));
        Assert.DoesNotContain("TimeTagger is running", program.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task EndOfStandardInput_StopsWhereThatIsSet(string set, bool stops)
    {
        await using var started = new Started();
        await started.Start([], [("TIMETAGGER_STOP_WITH_STDIN", set)]).RunningAsync();
        using var client = new ApiClient(started.Bind);

        started.Program.EndInput();

        if (!stops)
        {
            await client.SignInHereAsync();
            await started.Program.SignalAsync("TERM");
        }

        Assert.Equal(0, await started.Program.ExitAsync());
    }

    [Fact]
    public async Task Signal_WhileACallIsAnswered_LetsItEnd()
    {
        await using var started = new Started();
        using var client = await started.RunAsync();
        await client.SignInHereAsync();
        var body = new Trickle(ApiClient.Record("in flight"));
        var put = client.PutAsync(body);
        await body.BeganAsync;

        await started.Program.SignalAsync("TERM");
        await RefusedAsync(started.Bind);
        body.End();

        Assert.Contains("\"accepted\":[\"in flight\"]", (await put).Text, StringComparison.Ordinal);
        Assert.Equal(0, await started.Program.ExitAsync());
    }

    [Fact]
    public async Task Signal_WhileACallDoesNotEnd_Stops()
    {
        await using var started = new Started();
        using var client = await started.RunAsync();
        await client.SignInHereAsync();
        var body = new Trickle(ApiClient.Record("never"));
        var put = client.PutAsync(body);
        await body.BeganAsync;

        await started.Program.SignalAsync("TERM");

        Assert.Equal(0, await started.Program.ExitAsync());
        body.End();
        await Assert.ThrowsAsync<HttpRequestException>(() => put);
    }

    [Fact]
    public async Task Kill_AfterAnAcceptedRecord_KeepsItAndTheToken()
    {
        await using var started = new Started();
        using var client = await started.RunAsync();
        await client.SignInHereAsync();
        await client.PutAsync("before the kill");

        await started.Program.KillAllAsync();
        using var other = await started.RunAsync();

        Assert.Equal(["before the kill"], await client.KeysAsync());
    }

    [Fact]
    public async Task Start_DataThatCannotBeRead_SaysWhy()
    {
        await using var started = new Started();
        started.WriteData("timetagger.db", new string('x', 5000));

        Assert.Equal(1, await started.Start().ExitAsync());
        Assert.Contains("timetagger.db", started.Program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", started.Program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ConfigurationOfTheSiteThatIsNoJson_SaysSo()
    {
        await using var started = new Started();
        started.WriteSite("staticwebapp.config.json", "{");

        Assert.Equal(1, await started.Start().ExitAsync());
        Assert.Contains("staticwebapp.config.json cannot be used", started.Program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnAllAddresses_Warns()
    {
        using var data = new TemporaryFolder();
        using var site = new TemporaryFolder();
        await using var program = LocalProgram.Start([
            $"--bind=0.0.0.0:{LocalProgram.FreePort()}",
            $"--datadir={data.Path}",
            $"--site={site.Path}",
        ]);
        await program.RunningAsync();
        Assert.Contains("Traffic is not encrypted", program.Output, StringComparison.Ordinal);
        Assert.Contains("without a password is off", program.Output, StringComparison.Ordinal);
    }

    /// <summary>Waits until nobody listens any more.</summary>
    private static async Task RefusedAsync(string bind)
    {
        try
        {
            while (true)
            {
                using var tcp = new TcpClient();
                await tcp.ConnectAsync(IPEndPoint.Parse(bind));
                await Task.Delay(20);
            }
        }
        catch (SocketException)
        {
            // It has stopped listening.
        }
    }

    /// <summary>A body whose second half comes when the test says so.</summary>
    private sealed class Trickle : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Trickle(string text) => _bytes = Encoding.UTF8.GetBytes(text);

        public Task BeganAsync => _began.Task;

        public void End() => _end.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_bytes.AsMemory(0, 5));
            await stream.FlushAsync();
            _began.SetResult();
            await _end.Task;
            await stream.WriteAsync(_bytes.AsMemory(5));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
