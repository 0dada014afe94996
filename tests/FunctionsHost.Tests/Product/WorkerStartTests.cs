using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
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
    [InlineData($"--functions-uri nowhere {Ids}", "--functions-uri must be the address of the Functions host")]
    [InlineData(
        $"--functions-uri http://127.0.0.1:1/ {Ids}",
        "The Functions host at http://127.0.0.1:1/ does not answer."
    )]
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
        using var host = new TcpListener(IPAddress.Loopback, 0);
        host.Start();
        var ending = EndConnectionsAsync(host);

        var (code, error) = await RunAsync($"--functions-uri http://{host.LocalEndpoint}/ {Ids}");

        Assert.Equal(1, code);
        Assert.StartsWith("The Functions host at ", error, StringComparison.Ordinal);
        host.Stop();
        await ending;
    }

    private static async Task EndConnectionsAsync(TcpListener host)
    {
        try
        {
            while (true)
            {
                (await host.AcceptTcpClientAsync()).Dispose();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // stopped
        }
    }

    private static async Task<(int Code, string Error)> RunAsync(
        string arguments,
        params (string Name, string? Value)[] variables
    )
    {
        var package = await PublishedPackage.FolderAsync();
        var start = new ProcessStartInfo(
            HostProgram.Dotnet,
            [
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
        Assert.DoesNotContain("   at ", string.Concat(texts), StringComparison.Ordinal);
        var lines = texts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (process.ExitCode, Assert.Single(lines));
    }
}
