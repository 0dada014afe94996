using System.Reflection;
using System.Text.RegularExpressions;

namespace TimeTagger.Api.Tests.Contract;

/// <summary>The documented contract and the tests that name its rules say the same.</summary>
public sealed partial class RulesTests
{
    [Fact]
    public void Rules_ThatAreSo_AllHaveATestAndNoTestNamesAnother()
    {
        var documented = ApiDocuments.Rules.Where(rule => !rule.IsPlanned).Select(rule => rule.Number);
        var tested = RulesWithTests();

        Assert.True(tested.Count > 80, $"Only {tested.Count} rules have tests.");
        Assert.Equal(documented.Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rules_OfAPage_CountUpwardsFromItsSectionWithoutAGap()
    {
        Assert.NotEmpty(ApiDocuments.Rules);
        foreach (var page in ApiDocuments.Rules.GroupBy(rule => rule.Page))
        {
            var section = Heading().Match(ApiDocuments.Read(page.Key)).Groups["section"].Value;
            Assert.Equal(
                Enumerable.Range(1, page.Count()).Select(number => $"{section}.{number}"),
                page.Select(rule => rule.Number)
            );
        }
    }

    [Fact]
    public void Links_BetweenPages_LeadToThePageThatHasTheRule()
    {
        var rules = ApiDocuments.Rules.ToDictionary(rule => rule.Number, rule => rule.Page, StringComparer.Ordinal);
        var links = ApiDocuments.Pages.SelectMany(page => Link().Matches(ApiDocuments.Read(page))).ToList();

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(link.Groups["page"].Value, ApiDocuments.Pages));
        Assert.All(
            links.Where(link => link.Groups["text"].Value.Contains('.', StringComparison.Ordinal)),
            link => Assert.Equal(rules[link.Groups["text"].Value], link.Groups["page"].Value)
        );
    }

    /// <summary>What methods name themselves, or through their class, as long as they are run.</summary>
    private static HashSet<string> RulesWithTests() =>
        [
            .. typeof(RulesTests)
                .Assembly.GetTypes()
                .SelectMany(type => type.GetMethods())
                .Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null })
                .SelectMany(method =>
                    new[]
                    {
                        method.GetCustomAttribute<RuleAttribute>(),
                        method.DeclaringType!.GetCustomAttribute<RuleAttribute>(),
                    }
                )
                .SelectMany(rule => rule?.Numbers ?? []),
        ];

    [GeneratedRegex(@"\A# (?<section>[0-9]+) ", RegexOptions.None, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<page>[a-z-]+\.md)\)", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
