using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using TimeTagger.FunctionsHost.Tests.Emulator;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Product;

/// <summary>A worker that cannot work says why in one sentence and ends with code 1; hosts take 0 for "never again".</summary>
public sealed class WorkerStartTests
{
    private const string Ids =
        "--functions-worker-id a --functions-request-id b --functions-grpc-max-message-length 2147483647";

    [Theory]
    [InlineData("", "This program is started by the Azure Functions host.")]
    [InlineData("--urls http://127.0.0.1:1", "This program is started by the Azure Functions host.")]
    [InlineData("--functions-uri http://127.0.0.1:1/", "The Functions host did not say --functions-worker-id, ")]
    [InlineData($"--functions-uri {Ids}", "The Functions host did not say --functions-uri, ")]
    [InlineData($"--functions-uri=nowhere {Ids}", "--functions-uri must be the address of the Functions host")]
    [InlineData($"--functions-uri nowhere {Ids}", "--functions-uri must be the address of the Functions host")]
    [InlineData($"--functions-uri ftp://127.0.0.1/ {Ids}", "--functions-uri must be the address of the Functions host")]
    [InlineData(
        "--functions-uri http://127.0.0.1:1/ --functions-worker-id a --functions-request-id b --functions-grpc-max-message-length much",
        "--functions-grpc-max-message-length must be a number of bytes, not 'much'."
    )]
    [InlineData($"--functions-uri http://127.0.0.1:1/ {Ids}", "What is at http://127.0.0.1:1/ does not answer.")]
    public async Task Start_WithoutAHost_IsRefused(string arguments, string sentence)
    {
        var (code, error) = await RunAsync(arguments);

        Assert.Equal(1, code);
        Assert.StartsWith(sentence, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TIMETAGGER_STORAGE", null, "TIMETAGGER_STORAGE: ")]
    [InlineData("TIMETAGGER_STORAGE", "embedded", "TIMETAGGER_STORAGE: 'embedded' is for one machine")]
    [InlineData("TIMETAGGER_STORAGE", "azurite", "TIMETAGGER_STORAGE: 'azurite' is for the local command")]
    [InlineData("TIMETAGGER_STORAGE_ACCOUNT", null, "TIMETAGGER_STORAGE: 'azure' needs storage_account")]
    [InlineData(
        "TIMETAGGER_STORAGE_CONNECTION",
        "secret",
        "TIMETAGGER_STORAGE_CONNECTION: the value is not a connection"
    )]
    [InlineData("TIMETAGGER_CREDENTIALS", "ann:secret", "TIMETAGGER_CREDENTIALS: entry 1 ")]
    [InlineData("TIMETAGGER_LOG_LEVEL", "loud", "TIMETAGGER_LOG_LEVEL: 'loud' is not one of")]
    [InlineData(
        "FUNCTIONS_APPLICATION_DIRECTORY",
        null,
        "The Functions host did not set FUNCTIONS_APPLICATION_DIRECTORY"
    )]
    public async Task Start_WithASettingThatIsMissingOrWrong_NamesItAndKeepsSecrets(
        string name,
        string? value,
        string sentence
    )
    {
        var (code, error) = await RunAsync($"--functions-uri http://127.0.0.1:1/ {Ids}", (name, value));

        Assert.Equal(1, code);
        Assert.StartsWith(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AtAHostThatEndsTheConnection_SaysSo()
    {
        var (code, error) = await RunAtAsync(connection =>
        {
            connection.Dispose();
            return Task.CompletedTask;
        });

        Assert.Equal(1, code);
        Assert.StartsWith("What is at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AtAServerOfAnotherKind_SaysSo()
    {
        var (code, error) = await RunAtAsync(async connection =>
        {
            using (connection)
            {
                await connection
                    .GetStream()
                    .WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                await Task.Delay(TimeSpan.FromSeconds(1)); // or it would be one that ends the connection
            }
        });

        Assert.Equal(1, code);
        Assert.Matches("^What is at http://.*/ does not (speak as a Functions host does|answer).$", error);
    }

    [Fact]
    public async Task Start_AtWhatNeverSaysAWord_EndsAfterAWhile()
    {
        var (code, error) = await RunAtAsync(_ => Task.CompletedTask);

        Assert.Equal(1, code);
        Assert.Matches("^What is at http://.*/ says nothing.$", error);
    }

    [Fact]
    public async Task Host_ThatGoesAway_IsSaidOnceAndTheWorkerEnds()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Logging.ClearProviders();
        await using var host = builder.Build();
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.MapPost(
            "/AzureFunctionsRpcMessages.FunctionRpc/EventStream",
            async context =>
            {
                context.Response.ContentType = "application/grpc";
                await context.Response.StartAsync();
                connected.SetResult();
                await Task.Delay(Timeout.Infinite, host.Lifetime.ApplicationStopping).ContinueWith(_ => { });
                context.Abort();
            }
        );
        await host.StartAsync();

        var running = RunAsync($"--functions-uri {host.Urls.Single()}/ {Ids}");
        await connected.Task.WaitAsync(HostProgram.Patience);
        await host.StopAsync();

        Assert.Equal((1, "The Functions host is gone."), await running);
    }

    // A program that the host keeps ready for whatever app comes says so to the runtime; here there is none to go on with.
    [Fact]
    public async Task Start_LoadedByTheHost_NeedsNoArguments()
    {
        var package = await PublishedPackage.FolderAsync();
        var settings = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(package, "TimeTagger.Worker.runtimeconfig.json"))
        )!;
        settings["runtimeOptions"]!["configProperties"]!["AZURE_FUNCTIONS_NATIVE_HOST"] = "1";
        var folder = Directory.CreateTempSubdirectory("timetagger-native-");
        var file = Path.Combine(folder.FullName, "loaded.runtimeconfig.json");
        await File.WriteAllTextAsync(file, settings.ToJsonString());

        var (_, texts) = await RunProgramAsync(["exec", "--runtimeconfig", file], "", []);

        folder.Delete(recursive: true);
        Assert.DoesNotContain("is started by the Azure Functions host", texts[0], StringComparison.Ordinal);
        Assert.Contains("NativeWorkerClient", texts[0], StringComparison.Ordinal);
    }

    /// <summary>Starts the worker at a port of which each connection is handled like this.</summary>
    private static async Task<(int Code, string Error)> RunAtAsync(Func<TcpClient, Task> handleAsync)
    {
        using var host = new TcpListener(IPAddress.Loopback, 0);
        host.Start();
        var handling = HandleConnectionsAsync(host, handleAsync);
        var ended = await RunAsync($"--functions-uri http://{host.LocalEndpoint}/ {Ids}");
        host.Stop();
        await handling;
        return ended;
    }

    private static async Task HandleConnectionsAsync(TcpListener host, Func<TcpClient, Task> handleAsync)
    {
        var all = new List<TcpClient>();
        try
        {
            while (true)
            {
                all.Add(await host.AcceptTcpClientAsync());
                _ = handleAsync(all[^1]);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            all.ForEach(each => each.Dispose()); // stopped
        }
    }

    private static async Task<(int Code, string Error)> RunAsync(
        string arguments,
        params (string Name, string? Value)[] variables
    )
    {
        var (code, texts) = await RunProgramAsync([], arguments, variables);
        Assert.DoesNotContain("   at ", string.Concat(texts), StringComparison.Ordinal);
        var lines = texts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (code, Assert.Single(lines));
    }

    private static async Task<(int Code, string[] Texts)> RunProgramAsync(
        IEnumerable<string> ofRuntime,
        string arguments,
        IEnumerable<(string Name, string? Value)> variables
    )
    {
        var package = await PublishedPackage.FolderAsync();
        var start = new ProcessStartInfo(
            HostProgram.Dotnet,
            [
                .. ofRuntime,
                Path.Combine(package, "TimeTagger.Worker.dll"),
                .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = package;
        start.Environment["TIMETAGGER_STORAGE"] = "azure";
        start.Environment["TIMETAGGER_STORAGE_ACCOUNT"] = "nobodys0account";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(HostProgram.Patience);
        var texts = await Task.WhenAll(
            process.StandardError.ReadToEndAsync(patience.Token),
            process.StandardOutput.ReadToEndAsync(patience.Token)
        );
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, texts);
    }
}
