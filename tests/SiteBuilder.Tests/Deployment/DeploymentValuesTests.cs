using System.Text.Json;
using TimeTagger.SiteBuilder.Deployment;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests.Deployment;

public sealed class DeploymentValuesTests
{
    private const string Id = "01234567-89ab-cdef-0123-456789abcdef";

    private const string Config = """
        {
          "globalHeaders": {
            "Content-Security-Policy": "default-src 'none'; connect-src 'self'; form-action 'self'; base-uri 'none'",
            "Cache-Control": "no-cache"
          }
        }
        """;

    [Fact]
    public void Parse_ArgumentAndVariable_TheArgumentWins()
    {
        var values = Parse(
            ["--api-origin=https://api.example", "--client-id", Id],
            ("TIMETAGGER_SITE_API_ORIGIN", "https://other.example"),
            ("TIMETAGGER_SITE_AUTHORITY", "https://login.example/common/")
        );

        Assert.Equal(new DeploymentValues("https://api.example", "https://login.example/common", Id), values);
    }

    [Theory]
    [InlineData("http://localhost:7071")]
    [InlineData("http://127.0.0.1:7071")]
    [InlineData("https://api.example:8443")]
    public void Parse_Origin_IsTaken(string origin) => Assert.Equal(origin, Parse(["--api-origin", origin]).ApiOrigin);

    [Theory]
    [InlineData("api.example", "is not a secure address. Use https://, or http:// on this machine.")]
    [InlineData("http://api.example", "is not a secure address.")]
    [InlineData("javascript:alert(1)", "is not a secure address.")]
    [InlineData("https://api.example;script-src", "is not a secure address.")]
    [InlineData("https://a;sandbox;@api.example", "is not a secure address.")]
    [InlineData("https://*.example", "is not a secure address.")]
    [InlineData("https://api.example/", "is not an origin: use \"https://api.example\".")]
    [InlineData("https://api.example/api", "is not an origin: use \"https://api.example\".")]
    [InlineData("https://api.example https://other.example", "is not a secure address.")]
    public void Parse_NoOrigin_IsRefused(string origin, string problem)
    {
        var e = Assert.Throws<DeploymentValueException>(() => Parse([], ("TIMETAGGER_SITE_API_ORIGIN", origin)));

        Assert.StartsWith($"TIMETAGGER_SITE_API_ORIGIN: \"{origin}\" {problem}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--authority", "https://login.example/x?y")]
    [InlineData("--authority", "https://me@login.example/x")]
    [InlineData("--client-id", "me")]
    [InlineData("--client-id", Id)]
    public void Parse_WrongOrLonely_IsRefused(string name, string value) =>
        Assert.Throws<DeploymentValueException>(() => Parse([name, value]));

    [Fact]
    public void ForStaticWebApps_NoValues_KeepsThePolicy() =>
        Assert.Equal(
            "default-src 'none'; connect-src 'self'; form-action 'self'; base-uri 'none'",
            PolicyFor(DeploymentValues.None)
        );

    [Fact]
    public void ForStaticWebApps_Values_ExtendItByTheirOriginsAndNothingElse() =>
        Assert.Equal(
            "default-src 'none'; connect-src 'self' https://api.example https://login.example; form-action 'self' https://login.example; base-uri 'none'",
            PolicyFor(new DeploymentValues("https://api.example", "https://login.example/common", Id))
        );

    [Theory]
    [InlineData("{", "c.json(1): This is not JSON. Correct that line.")]
    [InlineData("{}", "c.json: It has no globalHeaders. Restore them.")]
    [InlineData("{\"globalHeaders\":{}}", "c.json: It has no Content-Security-Policy. Restore it.")]
    [InlineData(
        "{\"globalHeaders\":{\"Content-Security-Policy\":\"default-src 'none'\"}}",
        "c.json: Its Content-Security-Policy has no connect-src. Restore it."
    )]
    public void ForStaticWebApps_NotAConfiguration_IsRefused(string text, string message)
    {
        var e = Assert.Throws<SiteConfigException>(() =>
            SiteConfig.ForStaticWebApps("c.json", text, DeploymentValues.None)
        );

        Assert.Equal(message, e.Message);
    }

    [Fact]
    public void ForClient_Values_AreWhatTheClientReads()
    {
        using var config = JsonDocument.Parse(
            SiteConfig.ForClient(
                new DeploymentValues("https://api.example", "https://login.example/common", Id),
                "1.2.3"
            )
        );

        Assert.Equal(
            [
                "apiOrigin=https://api.example",
                "authority=https://login.example/common",
                $"clientId={Id}",
                "version=1.2.3",
            ],
            config.RootElement.EnumerateObject().Select(p => $"{p.Name}={p.Value}")
        );
    }

    private static DeploymentValues Parse(string[] args, params (string Name, string Value)[] environment) =>
        SiteOptions
            .Parse(
                [.. args, "--source", SiteOptions.Parse([], AppContext.BaseDirectory, _ => null).Source],
                "/",
                name => environment.FirstOrDefault(variable => variable.Name == name).Value
            )
            .Deployment;

    private static string? PolicyFor(DeploymentValues values)
    {
        using var config = JsonDocument.Parse(SiteConfig.ForStaticWebApps("c.json", Config, values));
        return config.RootElement.GetProperty("globalHeaders").GetProperty("Content-Security-Policy").GetString();
    }
}
