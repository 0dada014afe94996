using System.Text.Json;
using TimeTagger.FunctionsHost.Tests.Emulator;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>How the host starts, watches and ends the handler.</summary>
public sealed class LifeTests : IDisposable
{
    private readonly ScriptedPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Fact]
    public async Task Start_GivesTheHandlerItsEnvironmentItsFolderAndUnquotedArguments()
    {
        await using var host = _package.Start([("SCRIPT_START", "say"), ("MY_SETTING", "mine")]);

        var seen = JsonSerializer.Deserialize<JsonElement>(await host.Http.GetStringAsync("/api/x"));

        var environment = seen.GetProperty("environment");
        string Variable(string name) => environment.GetProperty(name).GetString()!;
        Assert.Equal("mine", Variable("MY_SETTING"));
        Assert.Equal($"http://127.0.0.1:{host.Port}", Variable("ASPNETCORE_URLS")); // the trap
        Assert.Equal(_package.Path, Variable("FUNCTIONS_APP_ROOT_PATH"));
        Assert.Equal(Variable("FUNCTIONS_CUSTOMHANDLER_PORT"), Variable("FUNCTIONS_HTTPWORKER_PORT"));
        Assert.True(Guid.TryParse(Variable("FUNCTIONS_CUSTOMHANDLER_WORKER_ID"), out _));
        Assert.Equal(Variable("FUNCTIONS_CUSTOMHANDLER_WORKER_ID"), Variable("FUNCTIONS_HTTPWORKER_ID"));
        Assert.Equal(Path.Combine(_package.Path, "handler"), seen.GetProperty("cwd").GetString());
        await host.LineAsync($"handler | said two|words|{Variable("FUNCTIONS_CUSTOMHANDLER_PORT")}|.");
        await host.LineAsync("handler error | complained");
    }

    [Fact]
    public async Task Worker_HasAQuotedPathAndMoreArgumentsAfterThoseOfTheExecutable()
    {
        Directory.CreateDirectory(Path.Combine(_package.Path, "a worker"));
        File.Copy(
            Path.Combine(_package.Path, "handler", "scripted-handler.mjs"),
            Path.Combine(_package.Path, "a worker", "own.mjs")
        );
        _package.Host(host =>
        {
            var description = host["customHandler"]!["description"]!;
            description["arguments"] = new System.Text.Json.Nodes.JsonArray("--no-warnings");
            description["workerDirectory"] = "a worker";
            description["defaultWorkerPath"] = "own.mjs";
            description["workerArguments"] = new System.Text.Json.Nodes.JsonArray("one", "two words");
        });
        await using var host = _package.Start([("SCRIPT_START", "say")]);

        await host.LineAsync("handler | said one|two|words");
    }

    [Fact]
    public async Task Executable_LiesInTheWorkersFolder()
    {
        var node = Path.Combine(_package.Path, "tools", "run");
        Directory.CreateDirectory(Path.GetDirectoryName(node)!);
        File.WriteAllText(node, "#!/bin/sh\nexec node \"$@\" found\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(node, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _package.Host(host =>
        {
            host["customHandler"]!["description"]!["defaultExecutablePath"] = "run";
            host["customHandler"]!["description"]!["workerDirectory"] = "tools";
        });
        (string, string?)[] settings =
        [
            ("SCRIPT_START", "say"),
            ("AzureFunctionsJobHost__customHandler__description__arguments", """["scripted-handler.mjs","a"]"""),
        ];
        await using var host = _package.Start(settings);

        await host.LineAsync("handler | said a|");
        await host.LineAsync("found");
    }

    [Fact]
    public async Task ExitCode0_IsTheEnd()
    {
        await using var host = _package.Start();
        await host.LineAsync("The handler is ready.");

        using var dying = await host.Http.PostAsync("/api/x?die=0", new StringContent("x"));
        await host.LineAsync("exit code 0 and is not started again");
        using var later = await host.Http.GetAsync("/api/x");

        Assert.Equal((500, 500), ((int)dying.StatusCode, (int)later.StatusCode));
        Assert.Empty(await later.Content.ReadAsByteArrayAsync());
        Assert.Single(_package.Starts());
    }

    [Fact]
    public async Task ExitCode200_IsNoCrash()
    {
        await using var host = _package.Start();
        for (var i = 1; i <= 4; i++)
        {
            await host.LineAsync("The handler is ready.", i);
            using var dying = await host.Http.PostAsync("/api/x?die=200", new StringContent("x"));
            Assert.Equal(500, (int)dying.StatusCode);
        }

        using var answer = await host.Http.GetAsync("/api/x"); // waits for the new start
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(5, _package.Starts().Distinct().Count());
    }

    [Fact]
    public async Task Crashes_ThreeOfThem_EndTheHost()
    {
        await using var host = _package.Start([("SCRIPT_START", "exit 9")]);

        Assert.Equal(1, await host.ExitAsync());

        await host.LineAsync("The handler crashed (exit code 9).", 3);
        Assert.Equal(3, _package.Starts().Count);
    }

    [Fact]
    public async Task Handler_ThatNeverAnswers_IsACrashAfterTheInitializationTimeout()
    {
        _package.Host(host =>
        {
            host["customHandler"]!["initializationTimeout"] = "00:00:00.2";
            host["customHandler"]!["description"]!["defaultExecutablePath"] = "sleep";
            host["customHandler"]!["description"]!["arguments"] = new System.Text.Json.Nodes.JsonArray("60");
        });
        await using var host = _package.Start();

        Assert.Equal(1, await host.ExitAsync());

        await host.LineAsync("The handler does not answer.", 3);
    }

    [Fact]
    public async Task Executable_ThatIsMissing_LeavesTheHostUpAndCallsWaiting()
    {
        _package.Host(host =>
        {
            host["customHandler"]!["description"]!["defaultExecutablePath"] = "handler/missing";
            host["functionTimeout"] = "00:00:01";
        });
        await using var host = _package.Start();
        await host.LineAsync("Failed to start Worker Channel");

        using var answer = await host.Http.GetAsync("/api/x");

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Equal(200, (int)(await host.Http.GetAsync("/")).StatusCode);
    }

    [Theory]
    [InlineData("forwarding")]
    [InlineData("proxying")]
    public async Task FunctionTimeout_KillsTheHandlerWithAllItsCallsAndStartsItAgain(string shape)
    {
        _package.Host(host => host["functionTimeout"] = "00:00:02");
        await using var host = _package.Start("--shape", shape);
        await host.LineAsync("The handler is ready.");

        using var answer = await host.Http.PostAsync("/api/x?wait=60000", new StringContent("x"));
        await host.LineAsync("The handler is ready.", 2);
        using var later = await host.Http.GetAsync("/api/x");

        Assert.Equal((500, 200), ((int)answer.StatusCode, (int)later.StatusCode));
        await host.LineAsync("started again (it was killed)");
        await ProcessTable.EndedAsync(_package.Starts()[0]);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("end of input")]
    public async Task Stop_OfTheHost_KillsTheHandler(string how)
    {
        await using var host = _package.Start();
        await host.LineAsync("The handler is ready.");

        if (how == "TERM")
        {
            await ProcessTable.SignalAsync(host.Id, how);
        }
        else
        {
            host.CloseInput();
        }

        Assert.Equal(0, await host.ExitAsync());
        await ProcessTable.EndedAsync(_package.Starts()[0]);
    }
}
