using System.Net;
using TimeTagger.Api.Hosting;
using TimeTagger.Configuration;
using TimeTagger.Domain.Writing;

namespace TimeTagger.Api.Tests.Hosting;

public sealed class ApiOptionsTests
{
    private const long Mebibyte = 1024 * 1024;

    private static readonly string[] AzureStore = ["--storage=azure", "--storage_account=abc"];

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
    ];

    [Fact]
    public void From_NothingSaid_GivesTheDefaults()
    {
        var options = From([]);

        var quarter = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 8080), options.Bind);
        Assert.EndsWith("/_timetagger", options.DataDirectory, StringComparison.Ordinal);
        Assert.Equal(quarter, options.MemoryBytes);
        Assert.Equal(new StorageChoice(StorageKind.Embedded, null, null), options.Storage);
        Assert.Equal(new Quota(1_000_000, Math.Min(100 * Mebibyte, quarter / 2)), options.Quota);
        Assert.Equal((0, 1000), (options.CallsPerMinute, options.FailuresPerMinute));
        Assert.Empty(options.Credentials);
        Assert.False(options.InAzure);
    }

    [Fact]
    public void From_ArgumentsAndVariables_TheArgumentsWin()
    {
        var options = From(AllArguments, ("TIMETAGGER_LOG_LEVEL", "debug"), ("TIMETAGGER_DATADIR", "/elsewhere"));

        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 81), options.Bind);
        Assert.Equal("/data", options.DataDirectory);
        Assert.Equal(64L * 1024 * 1024, options.MemoryBytes);
        Assert.Equal(new StorageChoice(StorageKind.Azure, null, "abc"), options.Storage);
        Assert.Equal(new Quota(7, 8 * Mebibyte), options.Quota);
        Assert.Equal((9, 10), (options.CallsPerMinute, options.FailuresPerMinute));
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

    [Fact]
    public void From_Azurite_IsForTheLocalCommandToStart()
    {
        var mistake = Assert.Throws<ConfigurationException>(() => From([], ("TIMETAGGER_STORAGE", "azurite")));
        Assert.StartsWith(
            "TIMETAGGER_STORAGE: 'azurite' is for the local command",
            mistake.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(ApiHost.Functions, true)]
    [InlineData(ApiHost.OneMachine, false)]
    public void From_EmbeddedStore_IsRefusedUnderAHost(ApiHost host, bool isRefused)
    {
        var mistake = Record.Exception(() => From(host, []));

        Assert.Equal(isRefused, mistake is ConfigurationException);
        Assert.Equal(isRefused, mistake?.Message.Contains("it has to be azure", StringComparison.Ordinal) ?? false);
        Assert.Equal(StorageKind.Azure, From(host, AzureStore).Storage.Kind);
    }

    [Fact]
    public void From_ProxyAuthUnderAHost_IsNotThere() =>
        Assert.Null(From(ApiHost.Functions, [.. AzureStore, "--proxy_auth_enabled=true"]).Proxy);

    [Theory]
    [InlineData(ApiHost.Functions, "WEBSITE_SITE_NAME", "x", true)]
    [InlineData(ApiHost.Functions, "FUNCTIONS_ENABLE_CORS_CONFIGURATION", "1", true)]
    [InlineData(ApiHost.Functions, "FUNCTIONS_ENABLE_CORS_CONFIGURATION", "0", false)]
    [InlineData(ApiHost.OneMachine, "FUNCTIONS_ENABLE_CORS_CONFIGURATION", "1", false)]
    public void From_CorsOfTheHost_IsWhereTheHostHasIt(ApiHost host, string name, string value, bool expected) =>
        Assert.Equal(expected, From(host, AzureStore, (name, value)).HostAnswersCors);

    [Theory]
    [InlineData("a-client", "a-client")]
    [InlineData("", null)]
    public void From_ClientIdOfAzure_IsTheIdentityOfTheStore(string variable, string? expected) =>
        Assert.Equal(expected, From([], ("AZURE_CLIENT_ID", variable)).Storage.ClientId);

    private static ApiOptions From(string[] args, params (string Name, string Value)[] variables) =>
        From(ApiHost.OneMachine, args, variables);

    private static ApiOptions From(ApiHost host, string[] args, params (string Name, string Value)[] variables)
    {
        var all = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        return ApiOptions.From(
            host,
            SettingValues.Read(Catalogue.All, args, all.GetValueOrDefault),
            all.GetValueOrDefault
        );
    }
}
