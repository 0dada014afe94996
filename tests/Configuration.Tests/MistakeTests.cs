using Xunit;

namespace TimeTagger.Configuration.Tests;

/// <summary>What cannot be used is named in one sentence, and nothing secret is in it.</summary>
public sealed class MistakeTests
{
    private const string Secret = "hush";

    [Theory]
    [InlineData("bind", "8080", "'8080' is not an address and a port, such as 127.0.0.1:8080")]
    [InlineData("bind", ":8080", "':8080' is not an address and a port, such as 127.0.0.1:8080")]
    [InlineData("bind", "example.com:80", "'example.com:80' is not an address and a port, such as 127.0.0.1:8080")]
    [InlineData("bind", "::1:80", "'::1:80' is not an address and a port, such as 127.0.0.1:8080")]
    [InlineData("bind", "127.0.0.1:", "'127.0.0.1:' does not end with a port from 1 to 65535")]
    [InlineData("bind", "127.0.0.1:0", "'127.0.0.1:0' does not end with a port from 1 to 65535")]
    [InlineData("bind", "127.0.0.1:65536", "'127.0.0.1:65536' does not end with a port from 1 to 65535")]
    [InlineData("bind", "127.0.0.1: 80", "'127.0.0.1: 80' does not end with a port from 1 to 65535")]
    [InlineData("datadir", " ", "the path is empty")]
    [InlineData("datadir", "a\0b", "the path holds a character that no path has")]
    [InlineData("log_level", "loud", "'loud' is not one of debug, info, warning, error")]
    [InlineData("log_level", "1", "'1' is not one of debug, info, warning, error")]
    [InlineData("log_level", "info,debug", "'info,debug' is not one of debug, info, warning, error")]
    [InlineData("proxy_auth_enabled", "y", "'y' is not true, yes, on or 1, nor false, no, off or 0")]
    [InlineData("proxy_auth_trusted", " ,", "there is no address in it")]
    [InlineData("proxy_auth_trusted", "127.0.0.1,proxy", NetworkSentence, "'proxy' ")]
    [InlineData("proxy_auth_trusted", "10.0.0.0/33", NetworkSentence, "'10.0.0.0/33' ")]
    [InlineData("proxy_auth_header", "X Remote User", "'X Remote User' is not the name of a header")]
    [InlineData("proxy_auth_header", "X-Remote-User:", "'X-Remote-User:' is not the name of a header")]
    [InlineData("proxy_auth_header", "x-forwarded-for", "the header 'x-forwarded-for' already means something else")]
    [InlineData("storage", "s3", "'s3' is not one of embedded, azure, azurite")]
    [InlineData("storage_account", "ab", AccountSentence, "'ab' ")]
    [InlineData("storage_account", "Account", AccountSentence, "'Account' ")]
    [InlineData("storage_account", "a-b-c", AccountSentence, "'a-b-c' ")]
    [InlineData("storage_account", "abc\n", AccountSentence, "'abc\n' ")]
    [InlineData("storage_account", "https://abc", AccountSentence, "'https://abc' ")]
    [InlineData("memory_mb", "0", "'0' is not a whole number from 64 to 1048576")]
    [InlineData("memory_mb", "1048577", "'1048577' is not a whole number from 64 to 1048576")]
    [InlineData("memory_mb", "-5", "'-5' is not a whole number from 64 to 1048576")]
    [InlineData("memory_mb", "1.5", "'1.5' is not a whole number from 64 to 1048576")]
    [InlineData("memory_mb", "512M", "'512M' is not a whole number from 64 to 1048576")]
    [InlineData("quota_items", "0", "'0' is not a whole number from 1 to 1000000000")]
    [InlineData("quota_items", "1000000001", "'1000000001' is not a whole number from 1 to 1000000000")]
    [InlineData("quota_mb", "0", "'0' is not a whole number from 1 to 1024")]
    [InlineData("quota_mb", "1025", "'1025' is not a whole number from 1 to 1024")]
    [InlineData("rate_token", "1000001", "'1000001' is not a whole number from 0 to 1000000")]
    [InlineData("retention_days", "0", "'0' is not a whole number from 1 to 36500")]
    [InlineData("rate_address", "-1", "'-1' is not a whole number from 0 to 1000000")]
    [InlineData("stop_with_stdin", "maybe", "'maybe' is not true, yes, on or 1, nor false, no, off or 0")]
    [InlineData("stop_with_stdin", "2", "'2' is not true, yes, on or 1, nor false, no, off or 0")]
    public void Read_MalformedValue_IsNamedWithItsSource(string name, string value, string sentence, string quote = "")
    {
        var setting = Catalogue.All.Single(candidate => candidate.Name == name);
        Assert.Equal($"--{name}: {quote}{sentence}", Mistake([$"--{name}", value]));
        Assert.Equal($"--{name}: {quote}{sentence}", Mistake([$"--{name}={value}"]));
        Assert.Equal($"{setting.Variable}: {quote}{sentence}", Mistake([], (setting.Variable, value)));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("example.com")]
    [InlineData("//example.com")]
    [InlineData("https://")]
    [InlineData("https://*")]
    [InlineData("https://*.example.com")]
    [InlineData("https://example.com/")]
    [InlineData("https://example.com/app")]
    [InlineData("https://example.com?x")]
    [InlineData("https://example.com#x")]
    [InlineData("https://me@example.com")]
    [InlineData("https://example.com:443")]
    [InlineData("http://example.com:80")]
    [InlineData("https://Example.com")]
    [InlineData("HTTPS://example.com")]
    [InlineData("https://zoë.example")]
    [InlineData("ftp://example.com")]
    [InlineData("file:///tmp")]
    [InlineData("https://example.com;https://example.org")]
    public void Read_TextThatIsNoOrigin_IsNamed(string origin)
    {
        var sentence =
            $"--site_origin: '{origin}' is not an origin as browsers write it, such as https://example.com or "
            + "http://localhost:8080, without a path and in lower case";
        Assert.Equal(sentence, Mistake(["--site_origin", origin]));
        Assert.Equal(sentence, Mistake(["--site_origin", $"https://example.org,{origin}"]));
    }

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("https://example.com:8443")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("https://xn--zo-jia.example")]
    public void Read_Origin_IsTakenAsItIs(string origin) =>
        Assert.Equal([origin], Given.Arguments("--site_origin", origin).Get(Catalogue.SiteOrigin));

    [Theory]
    [InlineData("credentials", Secret, 1)]
    [InlineData("credentials", $":{Given.Hash}", 1)]
    [InlineData("credentials", $"{Given.Hash}{Secret}:", 1)]
    [InlineData("credentials", $"{Given.Hash}{Secret}:me", 1)]
    [InlineData("credentials", $"me:{Given.Hash}{Secret}", 1)]
    [InlineData("credentials", $"me:{Given.Hash};you:{Secret}", 2)]
    [InlineData("credentials", $"me:{Given.Hash},you:{Given.Hash}:{Secret}", 2)]
    [InlineData("credentials", $"me:$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvy{Secret}", 1)]
    [InlineData("storage_connection", Secret, 0)]
    [InlineData("storage_connection", $"AccountName=a;{Secret}", 0)]
    [InlineData("storage_connection", $"=;{Secret}=x", 0)]
    public void Read_MalformedSecret_IsNamedWithoutAnyOfIt(string name, string value, int entry)
    {
        var setting = Catalogue.All.Single(candidate => candidate.Name == name);
        Assert.True(setting.IsSecret);
        string[] sentences = [Mistake([$"--{name}", value]), Mistake([], (setting.Variable, value))];
        Assert.StartsWith($"--{name}: ", sentences[0], StringComparison.Ordinal);
        Assert.StartsWith($"{setting.Variable}: ", sentences[1], StringComparison.Ordinal);
        Assert.All(sentences, sentence => Assert.DoesNotContain(Secret, sentence, StringComparison.Ordinal));
        Assert.All(sentences, sentence => Assert.DoesNotContain("$2", sentence, StringComparison.Ordinal));
        if (entry > 0)
        {
            Assert.All(sentences, sentence => Assert.Contains($"entry {entry} ", sentence, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Unknown argument '--foo'.", "--foo")]
    [InlineData("Unknown argument '--foo'.", "--foo=hush")]
    [InlineData("Unknown argument '--log-level'.", "--log-level=info")]
    [InlineData("Unknown argument '--Bind'.", "--Bind", "127.0.0.1:80")]
    [InlineData("Unknown argument '-bind'.", "-bind", "127.0.0.1:80")]
    [InlineData("Unknown argument 'bind'.", "bind", "127.0.0.1:80")]
    [InlineData("Unknown argument '--'.", "--")]
    [InlineData("Unknown argument at position 1.", "")]
    [InlineData("Unknown argument 'me'.", "me:hush")]
    [InlineData("Unknown argument 'AccountKey'.", "AccountKey=hush")]
    [InlineData("Unknown argument at position 3.", "--log_level", "info", "$2b$05$hush")]
    [InlineData("Unknown argument after the value of --credentials.", "--credentials", "", "hush")]
    [InlineData("Unknown argument after the value of --storage_connection.", "--storage_connection=A=b;", "hush==")]
    public void Read_UnknownArgument_IsNamedWithoutItsValue(string sentence, params string[] args) =>
        Assert.Equal($"{sentence} --help lists what there is.", Mistake(args));

    [Fact]
    public void Read_ArgumentWithoutValue_IsNamed() => Assert.Equal("--bind needs a value.", Mistake(["--bind"]));

    [Fact]
    public void Read_ArgumentTwice_IsNamed() =>
        Assert.Equal("--log_level is given twice.", Mistake(["--log_level", "info", "--log_level=info"]));

    [Theory]
    [InlineData("alone", "--watch")]
    [InlineData("alone", "--watch", "--other", "x")]
    [InlineData("here", "--watch", "here")]
    [InlineData("here", "--other=x", "--watch=here")]
    public void Read_ArgumentThatMayStandAlone_MeansWhatItSays(string expected, params string[] args)
    {
        static Setting<string> Named(string name, string? alone) =>
            new()
            {
                Name = name,
                Form = "[<folder>]",
                Default = "none",
                Documentation = "Where.",
                UsedBy = UsedBy.Local,
                Alone = alone,
                Parse = static text => text,
            };
        var setting = Named("watch", "alone");
        Assert.Equal(expected, SettingValues.Read([setting, Named("other", null)], args, _ => null).Get(setting));
    }

    [Fact]
    public void Read_VariableOfAnArgumentOnlySetting_HasNoEffect()
    {
        var setting = new Setting<string?>
        {
            Name = "site",
            Form = "<folder>",
            Default = "none",
            Documentation = "Where.",
            UsedBy = UsedBy.Local,
            IsArgumentOnly = true,
            Parse = Forms.Path,
            WhenUnset = static () => null,
        };
        Assert.Null(SettingValues.Read([setting], [], _ => "/there").Get(setting));
        Assert.Empty(SettingValues.Read([setting], ["--site=/x"], _ => null).ToEnvironment(UsedBy.Local));
    }

    [Fact]
    public void StorageChoice_AzureWithoutAnAccount_NamesWhereItWasSaidAndWhatIsMissing()
    {
        var values = Given.Variables(("TIMETAGGER_STORAGE", "azure"));
        var mistake = Assert.Throws<ConfigurationException>(() => StorageChoice.From(values));
        Assert.Equal(
            "TIMETAGGER_STORAGE: 'azure' needs storage_account (with a managed identity) or storage_connection",
            mistake.Message
        );
    }

    [Fact]
    public void StorageChoice_AsText_HoldsNoSecret()
    {
        var choice = StorageChoice.From(Given.Arguments("--storage=azure", "--storage_connection=AccountKey=hush"));
        Assert.Equal("AccountKey=hush", choice.Connection);
        Assert.Equal("azure", choice.ToString());
    }

    private const string NetworkSentence = "is neither an address nor a network such as 10.0.0.0/24";

    private const string AccountSentence =
        "is not the name of a storage account, which has 3 to 24 lower-case letters and digits";

    private static string Mistake(string[] args, params (string, string)[] variables) =>
        Assert.Throws<ConfigurationException>(() => Given.Both(args, variables)).Message;
}
