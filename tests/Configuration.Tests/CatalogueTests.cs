using System.Text.RegularExpressions;
using Xunit;

namespace TimeTagger.Configuration.Tests;

public sealed class CatalogueTests
{
    [Fact]
    public void All_EverySettingOfTheClass_IsListedOnce()
    {
        var settings = typeof(Catalogue)
            .GetProperties()
            .Where(property => property.PropertyType.IsSubclassOf(typeof(Setting)))
            .Select(property => property.GetValue(null));
        Assert.Equal(settings, Catalogue.All);
    }

    [Fact]
    public void All_Names_AreLowerCaseWithUnderscores() =>
        Assert.All(Catalogue.All, setting => Assert.Matches("^[a-z]+(_[a-z]+)*$", setting.Name));

    [Fact]
    public void Variable_OfAName_IsItInCapitalsBehindThePrefix()
    {
        Assert.Equal("TIMETAGGER_LOG_LEVEL", Catalogue.LogLevel.Variable);
        Assert.Equal("--log_level", Catalogue.LogLevel.Argument);
    }

    [Fact]
    public void Help_OfAll_HasEverySettingWithFormDefaultAndVariable()
    {
        var paragraphs = HelpText.Of(Catalogue.All).Split("\n\n");
        Assert.Equal(Catalogue.All.Count, paragraphs.Length);
        foreach (var (setting, paragraph) in Catalogue.All.Zip(paragraphs))
        {
            Assert.StartsWith($"  {setting.Argument} {setting.Form}\n", paragraph, StringComparison.Ordinal);
            Assert.Contains($"Default: {setting.Default}.", paragraph, StringComparison.Ordinal);
            Assert.EndsWith($"Variable: {setting.Variable}.", paragraph, StringComparison.Ordinal);
            Assert.Contains(setting.Unit is null ? "" : $"Unit: {setting.Unit}.", paragraph, StringComparison.Ordinal);
            Assert.Contains(setting.Documentation, OneLine(paragraph), StringComparison.Ordinal);
            Assert.All(paragraph.Split('\n'), line => Assert.InRange(line.Length, 1, 100));
        }
    }

    [Theory]
    [InlineData(true, "--bind", "127.0.0.1:80", "--help")]
    [InlineData(true, "-h")]
    [InlineData(false, "--bind", "help")]
    public void Help_AskedForAnywhere_IsSeen(bool expected, params string[] args) =>
        Assert.Equal(expected, HelpText.IsAskedFor(args));

    [Fact]
    public void UnknownVariables_AmongMany_AreFoundInOrder()
    {
        string[] names =
        [
            "PATH",
            "TIMETAGGER_LOGLEVEL",
            "TIMETAGGER_",
            "timetagger_bind",
            "TIMETAGGER_SITE",
            "TIMETAGGER_PROOF_SCALE",
            "TIMETAGGER_PROOFSCALE",
            "TIMETAGGER_SITE_API_ORIGIN",
            .. Catalogue.All.Select(setting => setting.Variable),
        ];
        Assert.Equal(
            ["TIMETAGGER_", "TIMETAGGER_LOGLEVEL", "TIMETAGGER_PROOFSCALE", "TIMETAGGER_SITE"],
            UnknownVariables.In(names)
        );
    }

    private static string OneLine(string paragraph) =>
        Regex.Replace(paragraph, @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(1));
}
