using System.Net;
using Microsoft.Extensions.Logging;
using TimeTagger.Api.Hosting;
using TimeTagger.Configuration;
using TimeTagger.Domain.Writing;

namespace TimeTagger.Api.Tests.Hosting;

public sealed class HandlerOptionsTests
{
    private const long Mebibyte = 1024 * 1024;

    private static readonly string[] AllArguments =
    [
        "--bind=[::1]:81",
        "--datadir=/data",
        "--log_level=error",
        "--memory_mb=64",
        "--quota_items=7",
        "--quota_mb=8",
        "--rate_token=9",
        "--rate_address=10",
        "--storage=azure",
        "--storage_account=abc",
        "--stop_with_stdin=on",
    ];

    [Fact]
    public void From_ThePortAlone_GivesTheDefaults()
    {
        var options = From([]);

        var quarter = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
        Assert.Equal(1234, options.Port);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 8080), options.Bind);
        Assert.EndsWith("/_timetagger", options.DataDirectory, StringComparison.Ordinal);
        Assert.Equal((LogLevel.Information, quarter), (options.LogLevel, options.MemoryBytes));
        Assert.Equal(new StorageChoice(StorageKind.Embedded, null, null), options.Storage);
        Assert.Equal(new Quota(1_000_000, Math.Min(100 * Mebibyte, quarter / 2)), options.Quota);
        Assert.Equal((0, 1000), (options.CallsPerMinute, options.FailuresPerMinute));
        Assert.Empty(options.Credentials);
        Assert.False(options.StopWithStdin);
        Assert.False(options.InAzure);
    }

    [Fact]
    public void From_ArgumentsAndVariables_TheArgumentsWin()
    {
        var options = From(AllArguments, ("TIMETAGGER_LOG_LEVEL", "debug"), ("TIMETAGGER_DATADIR", "/elsewhere"));

        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 81), options.Bind);
        Assert.Equal("/data", options.DataDirectory);
        Assert.Equal((LogLevel.Error, 64L * 1024 * 1024), (options.LogLevel, options.MemoryBytes));
        Assert.Equal(new StorageChoice(StorageKind.Azure, null, "abc"), options.Storage);
        Assert.Equal(new Quota(7, 8 * Mebibyte), options.Quota);
        Assert.Equal((9, 10), (options.CallsPerMinute, options.FailuresPerMinute));
        Assert.True(options.StopWithStdin);
    }

    [Fact]
    public void From_LittleMemory_LimitsAccountsToHalfOfIt() =>
        Assert.Equal(new Quota(1_000_000, 32 * Mebibyte), From(["--memory_mb=64"]).Quota);

    [Theory]
    [InlineData("true", null, true)]
    [InlineData("false", null, false)]
    [InlineData("true", "WEBSITE_SITE_NAME", false)]
    [InlineData("true", "WEBSITE_INSTANCE_ID", false)]
    public void From_ProxyAuth_IsThereOnOneMachineWhereItIsEnabled(string enabled, string? azure, bool expected)
    {
        var options = From(
            ["--proxy_auth_header=Remote-User", "--proxy_auth_trusted=::1"],
            ("TIMETAGGER_PROXY_AUTH_ENABLED", enabled),
            (azure ?? "UNUSED", "x")
        );

        Assert.Equal(expected ? "Remote-User" : null, options.Proxy?.Header);
        Assert.Equal(expected ? [IPNetwork.Parse("::1/128")] : null, options.Proxy?.Trusted);
    }

    [Theory]
    [InlineData("WEBSITE_SITE_NAME", null, 6000)]
    [InlineData("WEBSITE_INSTANCE_ID", null, 6000)]
    [InlineData("WEBSITE_SITE_NAME", "0", 0)]
    public void From_InAzure_LimitsTokensUnlessToldOtherwise(string variable, string? rate, int expected)
    {
        var options = From([], (variable, "x"), ("TIMETAGGER_RATE_TOKEN", rate ?? ""));

        Assert.True(options.InAzure);
        Assert.Equal((expected, 1000), (options.CallsPerMinute, options.FailuresPerMinute));
    }

    [Theory]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("info", LogLevel.Information)]
    [InlineData("warning", LogLevel.Warning)]
    [InlineData("error", LogLevel.Error)]
    public void From_LogLevel_IsTheFrameworks(string text, LogLevel expected) =>
        Assert.Equal(expected, From([], ("TIMETAGGER_LOG_LEVEL", text)).LogLevel);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("+80")]
    [InlineData("http://localhost")]
    public void From_PortThatIsNone_IsNamed(string port)
    {
        var mistake = Assert.Throws<ConfigurationException>(() => HandlerOptions.From([], Variables(port)));
        Assert.Equal($"FUNCTIONS_CUSTOMHANDLER_PORT must be a port number, not '{port}'.", mistake.Message);
    }

    [Fact]
    public void From_NoPort_SaysHowToRunEverything()
    {
        var mistake = Assert.Throws<ConfigurationException>(() => HandlerOptions.From([], _ => null));
        Assert.StartsWith("FUNCTIONS_CUSTOMHANDLER_PORT is not set.", mistake.Message, StringComparison.Ordinal);
        Assert.EndsWith("dotnet run --project local", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_Azurite_IsForTheFrontToStart()
    {
        var mistake = Assert.Throws<ConfigurationException>(() => From([], ("TIMETAGGER_STORAGE", "azurite")));
        Assert.StartsWith(
            "TIMETAGGER_STORAGE: 'azurite' is for the local command",
            mistake.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("WEBSITE_SITE_NAME", "FUNCTIONS_CUSTOMHANDLER_WORKER_ID", true)]
    [InlineData("WEBSITE_INSTANCE_ID", "FUNCTIONS_CUSTOMHANDLER_WORKER_ID", true)]
    [InlineData("WEBSITE_SITE_NAME", "UNUSED", false)]
    [InlineData("UNUSED", "FUNCTIONS_CUSTOMHANDLER_WORKER_ID", false)]
    public void From_EmbeddedStoreUnderTheHostInAzure_IsRefused(string azure, string host, bool isRefused)
    {
        (string, string)[] variables = [(azure, "x"), (host, "x")];

        var mistake = Record.Exception(() => From([], variables));

        Assert.Equal(isRefused, mistake is ConfigurationException);
        Assert.Equal(
            isRefused,
            mistake?.Message.Contains("set TIMETAGGER_STORAGE to azure", StringComparison.Ordinal) ?? false
        );
        Assert.Equal(StorageKind.Azure, From(["--storage=azure", "--storage_account=abc"], variables).Storage.Kind);
    }

    [Theory]
    [InlineData("UNUSED", "embedded", true)]
    [InlineData("UNUSED", "azure", true)]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_WORKER_ID", "azure", false)]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_WORKER_ID", "embedded", true)] // The host cannot see queues that are in a file.
    public void From_AnyHost_SomebodyEmptiesTheQueues(string host, string storage, bool isTheHandler) =>
        Assert.Equal(isTheHandler, From([$"--storage={storage}", "--storage_account=abc"], (host, "x")).PumpsItsQueues);

    [Theory]
    [InlineData("a-client", "a-client")]
    [InlineData("", null)]
    public void From_ClientIdOfAzure_IsTheIdentityOfTheStore(string variable, string? expected) =>
        Assert.Equal(expected, From([], ("AZURE_CLIENT_ID", variable)).Storage.ClientId);

    private static HandlerOptions From(string[] args, params (string Name, string Value)[] variables) =>
        HandlerOptions.From(args, Variables("1234", variables));

    private static Func<string, string?> Variables(string port, params (string Name, string Value)[] variables)
    {
        var all = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        all["FUNCTIONS_CUSTOMHANDLER_PORT"] = port;
        return all.GetValueOrDefault;
    }
}
