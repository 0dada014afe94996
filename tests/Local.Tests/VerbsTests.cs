using System.Globalization;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>What an operator asks for in place of serving, also beside a TimeTagger that serves.</summary>
public sealed class VerbsTests
{
    [Fact]
    public async Task Verbs_BesideARunningProgram_WorkOnItsData()
    {
        await using var started = new Started();
        using var client = await started.RunAsync();
        await client.SignInHereAsync();
        await client.PutAsync("a record");

        var check = await RunAsync("check", $"--datadir={started.DataDir}");
        var accounts = await RunAsync("accounts", $"--datadir={started.DataDir}");
        var asked = await RunAsync("erase", "defaultuser", $"--datadir={started.DataDir}");
        var keys = await client.KeysAsync();
        var erased = await RunAsync("erase", "defaultuser", "--yes", $"--datadir={started.DataDir}");

        Assert.Equal(0, check.Code);
        Assert.EndsWith(": nothing wrong.", check.Output, StringComparison.Ordinal);
        Assert.Equal(0, accounts.Code);
        Assert.EndsWith("defaultuser", accounts.Output, StringComparison.Ordinal);
        Assert.Equal(1, asked.Code);
        Assert.Equal(["a record"], keys);
        Assert.Equal(0, erased.Code);
        await Assert.ThrowsAsync<HttpRequestException>(client.KeysAsync); // its token is refused
        Assert.DoesNotContain("Starting", check.Output + accounts.Output + asked.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "--datadir={0}")]
    [InlineData("accounts", "--datadir={0}")]
    [InlineData("erase", "somebody", "--datadir={0}")]
    [InlineData("backup", "{0}/copy.db", "--datadir={0}")]
    [InlineData("backup", "{0}/copy.db", "--storage=azure", "--storage_connection=UseDevelopmentStorage=true")]
    [InlineData("backup")]
    [InlineData("check", "--datadir={0}", "--site=.")]
    [InlineData("check", "--storage=azurite")]
    [InlineData("erase")]
    public async Task Verb_ThatCannotBeDone_SaysWhyInOneSentence(params string[] args)
    {
        using var empty = new TemporaryFolder();

        var (code, output) = await RunAsync([
            .. args.Select(arg => string.Format(CultureInfo.InvariantCulture, arg, empty.Path)),
        ]);

        Assert.Equal(2, code);
        Assert.NotEmpty(output);
        Assert.DoesNotContain('\n', output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(empty.Path));
    }

    [Fact]
    public async Task Verb_WithHelp_IsHelp()
    {
        var (code, output) = await RunAsync("check", "--help");

        Assert.Equal(0, code);
        Assert.Contains("-- erase <account> [--yes] [options]", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        await using var program = LocalProgram.Start(args);
        return (await program.ExitAsync(), program.Output);
    }
}
