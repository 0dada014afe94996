using System.Text.RegularExpressions;

namespace TimeTagger.Api.Tests.Contract;

/// <summary>docs/api as it was when the tests were built.</summary>
internal static partial class ApiDocuments
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "documents", "api");

    /// <summary>The pages' names.</summary>
    internal static IReadOnlyList<string> Pages { get; } =
    [.. Directory.GetFiles(Folder, "*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    internal static string Read(string page) => File.ReadAllText(Path.Combine(Folder, page));

    /// <summary>Every rule there is, in the order of pages and lines.</summary>
    internal static IReadOnlyList<DocumentedRule> Rules { get; } =
    [
        .. Pages.SelectMany(page =>
            Rule()
                .Matches(Read(page))
                .Select(match => new DocumentedRule(
                    page,
                    match.Groups["number"].Value,
                    match.Groups["planned"].Success
                ))
        ),
    ];

    /// <summary>The requests of a page and the answers it shows to them, in order.</summary>
    internal static IReadOnlyList<(string Request, string Answer)> Examples(string page)
    {
        var blocks = Example().Matches(Read(page)).Select(match => match.Groups["text"].Value).ToList();
        Assert.True(blocks.Count % 2 == 0, $"{page}: a request without an answer, or an answer without a request");
        return [.. blocks.Chunk(2).Select(pair => (pair[0], pair[1]))];
    }

    [GeneratedRegex(@"^\*\*(?<number>[0-9]+\.[0-9]+)\*\* (?<planned>\*Not yet\.\*)?", RegexOptions.Multiline, 1000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^```http\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Example();
}

/// <summary>A rule of docs/api.</summary>
/// <param name="Page">The page's file name.</param>
/// <param name="Number">Its number, such as <c>7.4</c>.</param>
/// <param name="IsPlanned">Whether it is marked as not yet so.</param>
internal sealed record DocumentedRule(string Page, string Number, bool IsPlanned);
