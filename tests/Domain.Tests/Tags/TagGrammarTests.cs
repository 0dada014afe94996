using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TimeTagger.Domain.Tags;
using Xunit;

namespace TimeTagger.Domain.Tests.Tags;

[Properties(Arbitrary = [typeof(Descriptions)])]
public sealed class TagGrammarTests
{
    public static TheoryData<int, string> Cases
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var (vector, index) in Vectors.Cases("tags.json").Select((vector, index) => (vector, index)))
            {
                data.Add(index, vector.GetProperty("ds").GetString()!);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_SharedVector_GivesItsTagsAndParts(int index, string description)
    {
        var vector = Vectors.Cases("tags.json")[index];

        Assert.Equal(vector.Texts("tags"), TagGrammar.Tags(description));
        Assert.Equal(vector.Texts("parts"), TagGrammar.Parse(description).Select(part => part.Text));
    }

    [Property]
    public bool Parse_ItsOwnResult_IsTheSame(Description description)
    {
        ArgumentNullException.ThrowIfNull(description);
        var normal = Join(description.Text);
        return Join(normal) == normal;
    }

    [Property]
    public bool Tags_OfTheNormalForm_AreTheSame(Description description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return TagGrammar.Tags(Join(description.Text)).SequenceEqual(TagGrammar.Tags(description.Text));
    }

    [Property]
    public bool Parse_AnyText_LosesNothingButBlanksAtTheEnd(Description description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return Letters(Join(description.Text)) == Letters(TagGrammar.ToLower(description.Text));
    }

    // Everything but blanks, in lower case: what a person would miss.
    private static string Letters(string text) =>
        string.Concat(TagGrammar.ToLower(text).Where(c => !char.IsWhiteSpace(c)));

    private static string Join(string description) =>
        string.Concat(TagGrammar.Parse(description).Select(part => part.Text));

    /// <summary>A text of the pieces that the grammar is about; plain random text hardly ever holds a tag in an address.</summary>
    public sealed record Description(string Text);

    private static class Descriptions
    {
        private static readonly string[] Pieces =
        [
            "#",
            "##",
            "a",
            "B",
            "/",
            "://",
            "http",
            " ",
            "\t",
            "\n",
            ".",
            ",",
            "é",
            "İ",
            "Σ",
            "🎉",
            "\ud83c",
            "1",
            "_",
            "(",
            "",
        ];

        public static Arbitrary<Description> Description() =>
            Gen.Elements(Pieces).ArrayOf().Select(pieces => new Description(string.Concat(pieces))).ToArbitrary();
    }
}
