using System.Text.RegularExpressions;
using Xunit;

namespace TimeTagger.Configuration.Tests;

/// <summary>What the documents say about settings is what the catalogue says.</summary>
public sealed partial class DocumentsTests
{
    [Fact]
    public void Operations_TableOfSettings_HasThemAllWithVariableAndDefault() =>
        Assert.Equal(
            Catalogue.All.Select(setting => (setting.Name, setting.Variable, setting.Default)),
            Rows("operations.md", "| name |").Select(cells => (cells[0], cells[1], cells[2]))
        );

    [Fact]
    public void Readme_TableOfOptions_SaysWhatTheCatalogueSays()
    {
        var rows = Rows("README.md", "| option |").Where(cells => cells[0] != "--help").ToList();
        Assert.NotEmpty(rows);
        foreach (var cells in rows)
        {
            var setting = Catalogue.All.Single(candidate => candidate.Argument == cells[0].Split(' ')[0]);
            Assert.Equal((setting.Variable, setting.Default), (cells[1], cells[2]));
        }
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("operations.md")]
    public void Document_VariablesItNames_Exist(string file) =>
        Assert.Empty(
            UnknownVariables
                .In(Variable().Matches(Read(file)).Select(match => match.Value))
                .Except(["TIMETAGGER_NAME"], StringComparer.Ordinal)
        );

    /// <summary>The cells of a table, without the marks of code.</summary>
    private static IEnumerable<string[]> Rows(string file, string heading) =>
        Read(file)
            .Split('\n')
            .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray());

    private static string Read(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "documents", file));

    [GeneratedRegex("TIMETAGGER_[A-Z_]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Variable();
}
