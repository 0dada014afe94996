using System.Net;
using Xunit;

namespace TimeTagger.Configuration.Tests;

public sealed class SettingValuesTests
{
    [Fact]
    public void Read_Nothing_GivesTheDefaults()
    {
        var values = Given.Arguments();
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 8080), values.Get(Catalogue.Bind));
        Assert.Equal(Path.Combine(home, "_timetagger"), values.Get(Catalogue.DataDir));
        Assert.Equal(LogSeverity.Info, values.Get(Catalogue.LogLevel));
        Assert.Empty(values.Get(Catalogue.Credentials));
        Assert.False(values.Get(Catalogue.ProxyAuthEnabled));
        Assert.Equal([IPNetwork.Parse("127.0.0.1/32")], values.Get(Catalogue.ProxyAuthTrusted));
        Assert.Equal("X-Remote-User", values.Get(Catalogue.ProxyAuthHeader));
        Assert.Empty(values.Get(Catalogue.SiteOrigin));
        Assert.Equal(StorageKind.Embedded, values.Get(Catalogue.Storage));
        Assert.Null(values.Get(Catalogue.StorageConnection));
        Assert.Null(values.Get(Catalogue.StorageAccount));
        Assert.Null(values.Get(Catalogue.MemoryMb));
        Assert.Equal(1_000_000, values.Get(Catalogue.QuotaItems));
        Assert.Equal(100, values.Get(Catalogue.QuotaMb));
        Assert.Null(values.Get(Catalogue.RateToken));
        Assert.Equal(1000, values.Get(Catalogue.RateAddress));
        Assert.False(values.Get(Catalogue.StopWithStdin));
    }

    [Fact]
    public void Read_ArgumentAndVariable_TheArgumentWins()
    {
        var values = Given.Both(
            ["--log_level", "debug", "--memory_mb=77"],
            ("TIMETAGGER_LOG_LEVEL", "error"),
            ("TIMETAGGER_MEMORY_MB", "8"),
            ("TIMETAGGER_BIND", "[::1]:9000")
        );
        Assert.Equal(LogSeverity.Debug, values.Get(Catalogue.LogLevel));
        Assert.Equal(77, values.Get(Catalogue.MemoryMb));
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 9000), values.Get(Catalogue.Bind));
    }

    [Fact]
    public void Read_MalformedVariableBehindAnArgument_IsNotLookedAt()
    {
        var values = Given.Both(["--storage", "embedded"], ("TIMETAGGER_STORAGE", "nonsense"));
        Assert.Equal(StorageKind.Embedded, values.Get(Catalogue.Storage));
    }

    [Fact]
    public void Read_EmptyArgumentForALimitedValue_TakesTheVariablesPlace()
    {
        var values = Given.Both(
            ["--credentials=", "--storage_connection", ""],
            ("TIMETAGGER_CREDENTIALS", $"me:{Given.Hash}"),
            ("TIMETAGGER_STORAGE_CONNECTION", "AccountKey=x")
        );
        Assert.Empty(values.Get(Catalogue.Credentials));
        Assert.Null(values.Get(Catalogue.StorageConnection));
    }

    [Fact]
    public void Read_EveryVariableSetToNothing_CountsAsNotSet()
    {
        var values = SettingValues.Read(Catalogue.All, [], _ => "");
        Assert.Equal(Given.Arguments().ToEnvironment(UsedBy.Both), values.ToEnvironment(UsedBy.Both));
    }

    [Fact]
    public void Read_ValueThatLooksLikeAnArgumentOrHoldsEquals_IsTakenAsItIs()
    {
        var values = Given.Arguments("--datadir", "--bind", "--storage_connection=A=b=;C=d");
        Assert.Equal(Path.GetFullPath("--bind"), values.Get(Catalogue.DataDir));
        Assert.Equal("A=b=;C=d", values.Get(Catalogue.StorageConnection));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("1", true)]
    [InlineData("True", true)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    [InlineData("0", false)]
    [InlineData("OFF", false)]
    public void Read_Boolean_HasFourWordsForEach(string text, bool expected) =>
        Assert.Equal(expected, Given.Arguments("--stop_with_stdin", text).Get(Catalogue.StopWithStdin));

    [Fact]
    public void Read_Credentials_TakesCommasSemicolonsAndSpaces()
    {
        var users = Given
            .Variables(("TIMETAGGER_CREDENTIALS", $" me:{Given.Hash} ;you : {Given.Hash},, Zoë 🙂:{Given.Hash};"))
            .Get(Catalogue.Credentials);
        Assert.Equal(["Zoë 🙂", "me", "you"], users.Keys.Order(StringComparer.Ordinal));
        Assert.All(users.Values, hash => Assert.Equal(Given.Hash, hash));
    }

    [Fact]
    public void ToEnvironment_WhatWasRead_ReadsBackTheSame()
    {
        var values = Given.Arguments(
            "--bind=*:81",
            "--datadir=here",
            "--log_level=WARNING",
            $"--credentials=me:{Given.Hash};you:{Given.Hash}",
            "--proxy_auth_enabled=on",
            "--proxy_auth_trusted=127.0.0.1; ::1,,10.0.0.0/24",
            "--proxy_auth_header=Remote-User",
            "--site_origin=https://example.com , http://localhost:8080,,https://example.com",
            "--storage=azure",
            "--storage_connection=AccountName=a;AccountKey=b==",
            "--storage_account=abc",
            "--memory_mb=0100",
            "--quota_items=07",
            "--quota_mb=8",
            "--rate_token=0",
            "--rate_address=0",
            "--retention_days=30",
            "--host=FUNCTIONS",
            "--stop_with_stdin=yes"
        );
        var environment = values.ToEnvironment(UsedBy.Local);
        Assert.Equal(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["TIMETAGGER_BIND"] = "0.0.0.0:81",
                ["TIMETAGGER_DATADIR"] = Path.GetFullPath("here"),
                ["TIMETAGGER_LOG_LEVEL"] = "warning",
                ["TIMETAGGER_CREDENTIALS"] = $"me:{Given.Hash},you:{Given.Hash}",
                ["TIMETAGGER_PROXY_AUTH_ENABLED"] = "true",
                ["TIMETAGGER_PROXY_AUTH_TRUSTED"] = "127.0.0.1/32,::1/128,10.0.0.0/24",
                ["TIMETAGGER_PROXY_AUTH_HEADER"] = "Remote-User",
                ["TIMETAGGER_SITE_ORIGIN"] = "https://example.com,http://localhost:8080",
                ["TIMETAGGER_STORAGE"] = "azure",
                ["TIMETAGGER_STORAGE_CONNECTION"] = "AccountName=a;AccountKey=b==",
                ["TIMETAGGER_STORAGE_ACCOUNT"] = "abc",
                ["TIMETAGGER_HOST"] = "functions",
                ["TIMETAGGER_MEMORY_MB"] = "100",
                ["TIMETAGGER_QUOTA_ITEMS"] = "7",
                ["TIMETAGGER_QUOTA_MB"] = "8",
                ["TIMETAGGER_RATE_TOKEN"] = "0",
                ["TIMETAGGER_RATE_ADDRESS"] = "0",
                ["TIMETAGGER_RETENTION_DAYS"] = "30",
                ["TIMETAGGER_STOP_WITH_STDIN"] = "true",
            },
            environment
        );
        var again = SettingValues.Read(Catalogue.All, [], environment.GetValueOrDefault);
        Assert.Equal(environment, again.ToEnvironment(UsedBy.Local));
    }

    [Fact]
    public void ToEnvironment_OfTheWorker_TakesAwayWhatOnlyLocalUses()
    {
        var environment = Given
            .Arguments("--bind=*:81", "--proxy_auth_enabled=yes", "--log_level=debug")
            .ToEnvironment(UsedBy.Worker);

        Assert.Null(environment["TIMETAGGER_BIND"]);
        Assert.Null(environment["TIMETAGGER_PROXY_AUTH_ENABLED"]);
        Assert.Equal("debug", environment["TIMETAGGER_LOG_LEVEL"]);
    }

    [Fact]
    public void With_AnotherValue_ChangesThatOneOnly()
    {
        var values = Given.Arguments("--storage=azurite", "--log_level=debug");
        var changed = values.With(Catalogue.Storage, StorageKind.Azure);

        Assert.Equal(StorageKind.Azure, changed.Get(Catalogue.Storage));
        Assert.Equal(LogSeverity.Debug, changed.Get(Catalogue.LogLevel));
        Assert.Equal(StorageKind.Azurite, values.Get(Catalogue.Storage));
        Assert.StartsWith("--storage: ", changed.Unusable(Catalogue.Storage, "no").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToEnvironment_WhatIsNotSet_IsTakenAway()
    {
        var environment = Given.Arguments().ToEnvironment(UsedBy.Local);
        Assert.Equal(
            [
                "TIMETAGGER_CREDENTIALS",
                "TIMETAGGER_MEMORY_MB",
                "TIMETAGGER_RATE_TOKEN",
                "TIMETAGGER_SITE_ORIGIN",
                "TIMETAGGER_STORAGE_ACCOUNT",
                "TIMETAGGER_STORAGE_CONNECTION",
            ],
            environment.Where(variable => variable.Value is null).Select(variable => variable.Key).Order()
        );
    }

    [Theory]
    [InlineData("azure", "TIMETAGGER_STORAGE_ACCOUNT", "abc")]
    [InlineData("azure", "TIMETAGGER_STORAGE_CONNECTION", "UseDevelopmentStorage=true")]
    [InlineData("azurite", "TIMETAGGER_BIND", "")]
    [InlineData("embedded", "TIMETAGGER_BIND", "")]
    public void StorageChoice_ThatSaysWhere_IsTaken(string storage, string variable, string value) =>
        Assert.Equal(storage, StorageChoice.From(Given.Both(["--storage", storage], (variable, value))).ToString());
}
