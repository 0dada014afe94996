using System.Text.Json;
using TimeTagger.FunctionsHost.Tests.Emulator;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>How the host starts, watches and ends the worker.</summary>
public sealed class LifeTests : IDisposable
{
    private readonly ScriptedPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Fact]
    public async Task Start_GivesTheWorkerItsEnvironmentItsFolderAndArgumentsInBothForms()
    {
        await using var host = _package.Start([("MY_SETTING", "mine")]);

        var start = Assert.Single(await _package.NotedAsync("start"));

        string Variable(string name) => start.GetProperty("environment").GetProperty(name).GetString()!;
        Assert.Equal("mine", Variable("MY_SETTING"));
        Assert.Equal($"http://127.0.0.1:{host.Port}/", Variable("ASPNETCORE_URLS")); // the trap
        Assert.Equal(_package.Path, Variable("FUNCTIONS_APPLICATION_DIRECTORY"));
        Assert.Equal("dotnet-isolated", Variable("FUNCTIONS_WORKER_RUNTIME"));
        Assert.Equal(_package.Path, start.GetProperty("folder").GetString());
        var arguments = start.GetProperty("arguments").EnumerateArray().Select(each => each.GetString()!).ToArray();
        string Argument(string name) => arguments[Array.IndexOf(arguments, name) + 1];
        var uri = new Uri(Argument("--functions-uri"));
        Assert.Equal((uri.Host, $"{uri.Port}"), (Argument("--host"), Argument("--port")));
        Assert.Equal(Argument("--functions-worker-id"), Argument("--workerId"));
        Assert.Equal(Argument("--functions-request-id"), Argument("--requestId"));
        Assert.Equal(Argument("--functions-grpc-max-message-length"), Argument("--grpcMaxMessageLength"));
    }

    [Fact]
    public async Task Worker_ThatLiesInThePackage_IsStartedByDotnet()
    {
        var output = Path.GetDirectoryName(ScriptedPackage.WorkerAssembly)!;
        foreach (var file in Directory.EnumerateFiles(output))
        {
            File.Copy(file, Path.Combine(_package.Path, Path.GetFileName(file)));
        }

        _package.Worker(config =>
        {
            config["description"]!["defaultExecutablePath"] = HostProgram.Dotnet;
            config["description"]!["defaultWorkerPath"] = Path.GetFileName(ScriptedPackage.WorkerAssembly);
        });
        await using var host = _package.Start();

        Assert.Equal(200, await StatusAsync(host, "/api/x"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("list", true)]
    public async Task Functions_AreToldToTheWorkerAgainWithTheirBindings(string start, bool asList)
    {
        _package.Function(
            "Work",
            """{"type":"queueTrigger","direction":"In","name":"message","queueName":"q","dataType":"Binary"}"""
        );
        await using var host = _package.Start([("SCRIPT_START", start), ("AzureWebJobs.Work.Disabled", "true")]);
        await host.LineAsync("The worker is ready.");

        var loads = _package.Noted("load");

        Assert.Equal(["Api", "Work"], loads.Select(load => load.GetProperty("name").GetString()));
        Assert.All(loads, load => Assert.Equal(asList, load.GetProperty("asList").GetBoolean()));
        Assert.Equal("Entry.Api", loads[0].GetProperty("entryPoint").GetString());
        Assert.Equal(
            ["request: httpTrigger In Undefined", "$return: http Out Undefined"],
            loads[0].GetProperty("bindings").EnumerateArray().Select(binding => binding.GetString())
        );
        Assert.Equal("message: queueTrigger In Binary", loads[1].GetProperty("bindings")[0].GetString());
    }

    [Fact]
    public async Task Calls_BeforeTheWorkerIsReady_AreHeld()
    {
        await using var host = _package.Start([("SCRIPT_START", "slow 2000")]);

        Assert.Equal(200, await StatusAsync(host, "/admin/host/ping"));
        Assert.DoesNotContain("The worker is ready.", host.Lines);
        Assert.Equal(200, await StatusAsync(host, "/api/x"));
    }

    [Fact]
    public async Task Function_ThatCannotBeLoaded_FailsAlone()
    {
        _package.Function("Api", ScriptedPackage.Http("x"));
        _package.Function("Broken", ScriptedPackage.Http("broken"));
        await using var host = _package.Start([("SCRIPT_START", "break Broken")]);

        Assert.Equal(200, await StatusAsync(host, "/api/x"));
        Assert.Equal(500, await StatusAsync(host, "/api/broken"));
        await host.LineAsync("it could not be loaded: broken");
    }

    [Fact]
    public async Task ExitCode0_IsTheEnd()
    {
        await using var host = _package.Start();
        await host.LineAsync("The worker is ready.");

        Assert.Equal(500, await StatusAsync(host, "/api/x?die=0"));
        await host.LineAsync("exit code 0 and is not started again");

        Assert.Equal(500, await StatusAsync(host, "/api/x"));
        Assert.Equal(200, await StatusAsync(host, "/admin/host/ping")); // health still says fine
        Assert.Single(_package.Workers());
    }

    [Fact]
    public async Task ExitCode200_IsNoCrash()
    {
        await using var host = _package.Start();
        for (var i = 1; i <= 4; i++)
        {
            await host.LineAsync("The worker is ready.", i);
            Assert.Equal(500, await StatusAsync(host, "/api/x?die=200"));
        }

        await host.LineAsync("The worker is ready.", 5);
        Assert.Equal(200, await StatusAsync(host, "/api/x"));
    }

    [Fact]
    public async Task Worker_ThatIsKilled_FailsItsCallsAndIsStartedAgain()
    {
        await using var host = _package.Start();
        await host.LineAsync("The worker is ready.");
        var call = StatusAsync(host, "/api/x?wait=60000");
        await _package.NotedAsync("http");

        await ProcessTable.SignalAsync(_package.Workers()[0], "KILL");

        Assert.Equal(500, await call);
        await host.LineAsync("The worker ended (exit code 137)");
        await host.LineAsync("The worker is ready.", 2);
        Assert.Equal(200, await StatusAsync(host, "/api/x"));
        Assert.Equal(2, _package.Workers().Distinct().Count());
    }

    [Theory]
    [InlineData("exit 9", "The worker ended before it called (exit code 9)")]
    [InlineData("hang up", "(exit code 5)")]
    [InlineData("refuse", "The worker cannot start: there is a setting missing")]
    public async Task Worker_ThatNeverComesUp_EndsTheHostTheThirdTime(string start, string line)
    {
        await using var host = _package.Start([("SCRIPT_START", start)]);

        Assert.Equal(1, await host.ExitAsync());

        await host.LineAsync(line, 3);
        Assert.Equal(3, _package.Workers().Count);
        await Task.WhenAll(_package.Workers().Select(ProcessTable.EndedAsync));
    }

    [Fact]
    public async Task Worker_ThatIsLostThreeTimes_EndsTheHost()
    {
        await using var host = _package.Start();
        for (var i = 1; i <= 3; i++)
        {
            await host.LineAsync("The worker is ready.", i);
            Assert.Equal(500, await StatusAsync(host, "/api/x?die=7"));
        }

        Assert.Equal(1, await host.ExitAsync());
    }

    [Fact]
    public async Task FunctionTimeout_CancelsTheCallAndReplacesTheWorkerOnlyIfItGoesOn()
    {
        _package.Host(host => host["functionTimeout"] = "00:00:03");
        await using var host = _package.Start();
        await host.LineAsync("The worker is ready.");

        Assert.Equal(500, await StatusAsync(host, "/api/x?watch=given-up"));
        var end = Assert.Single(await _package.NotedAsync("watched"));
        Assert.Equal(500, await StatusAsync(host, "/api/x?wait=9000"));
        await host.LineAsync("The worker is ready.", 2);

        Assert.True(end.GetProperty("isCancelled").GetBoolean());
        Assert.False(end.GetProperty("isGone").GetBoolean());
        Assert.Equal(200, await StatusAsync(host, "/api/x"));
        await ProcessTable.EndedAsync(_package.Workers()[0]); // when its call has ended
        await host.LineAsync("Timeout value of 00:00:03 exceeded", 2);
        Assert.Equal(2, _package.Workers().Count);
    }

    [Fact]
    public async Task Worker_ThatIsReplaced_EndsItsOtherCalls()
    {
        _package.Host(host => host["functionTimeout"] = "00:00:04");
        await using var host = _package.Start();
        await host.LineAsync("The worker is ready.");
        var first = StatusAsync(host, "/api/x?wait=12000");
        await host.LineAsync("Timeout value of 00:00:04 exceeded");

        var other = StatusAsync(host, "/api/y?wait=3500");

        Assert.Equal(500, await first);
        await host.LineAsync("The worker is replaced.");
        Assert.Equal(200, await other);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("end of input")]
    public async Task Stop_OfTheHost_WaitsForCallsAndEndsTheWorker(string how)
    {
        await using var host = _package.Start();
        await host.LineAsync("The worker is ready.");
        var call = StatusAsync(host, "/api/x?wait=1500");
        await _package.NotedAsync("http");

        if (how == "TERM")
        {
            await ProcessTable.SignalAsync(host.Id, how);
        }
        else
        {
            host.CloseInput();
        }

        Assert.Equal(200, await call);
        Assert.Equal(0, await host.ExitAsync());
        Assert.Equal(5, Assert.Single(_package.Noted("terminate")).GetProperty("seconds").GetInt32());
        await ProcessTable.EndedAsync(_package.Workers()[0]);
    }

    [Fact]
    public async Task Stop_OfTheHost_KillsAWorkerThatDoesNotListen()
    {
        await using var host = _package.Start([("SCRIPT_START", "stubborn")]);
        await host.LineAsync("The worker is ready.");

        host.CloseInput();

        Assert.Equal(0, await host.ExitAsync());
        await ProcessTable.EndedAsync(_package.Workers()[0]);
    }

    [Fact]
    public async Task Kill_OfTheHost_LeavesTheWorkerAlone()
    {
        await using var host = _package.Start();
        await host.LineAsync("The worker is ready.");

        await ProcessTable.SignalAsync(host.Id, "KILL");

        // It lives, and has to notice by itself.
        Assert.Single(await _package.NotedAsync("orphan"));
        await ProcessTable.EndedAsync(_package.Workers()[0]);
    }

    [Fact]
    public async Task Port_ThatIsTaken_IsSaid()
    {
        await using var host = _package.Start();
        await host.LineAsync("The worker is ready.");
        await using var other = HostProgram.StartWith(["--package", _package.Path, "--port", $"{host.Port}"]);

        Assert.Equal(2, await other.ExitAsync());
        Assert.Contains("address already in use", Assert.Single(other.Errors), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<int> StatusAsync(HostProgram host, string path)
    {
        using var answer = await host.Http.GetAsync(path);
        return (int)answer.StatusCode;
    }
}
