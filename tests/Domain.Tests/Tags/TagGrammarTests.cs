using FsCheck;
using FsCheck.Fluent;
using TimeTagger.Domain.Tags;
using Xunit;

namespace TimeTagger.Domain.Tests.Tags;

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

    [Fact]
    public void Parse_ItsOwnResult_IsTheSame() =>
        Prop.ForAll(
                Descriptions(),
                description =>
                {
                    var normal = Join(description);
                    return Join(normal) == normal;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Tags_OfTheNormalForm_AreTheSame() =>
        Prop.ForAll(
                Descriptions(),
                description => TagGrammar.Tags(Join(description)).SequenceEqual(TagGrammar.Tags(description))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Parse_AnyText_LosesNothingButBlanksAtTheEnd() =>
        Prop.ForAll(
                Descriptions(),
                description => Letters(Join(description)) == Letters(TagGrammar.ToLower(description))
            )
            .QuickCheckThrowOnFailure();

    // Everything but blanks, in lower case: what a person would miss.
    private static string Letters(string text) =>
        string.Concat(TagGrammar.ToLower(text).Where(c => !char.IsWhiteSpace(c)));

    private static string Join(string description) =>
        string.Concat(TagGrammar.Parse(description).Select(part => part.Text));

    // Of the pieces that the grammar is about; plain random text hardly ever holds a tag in an address.
    private static Arbitrary<string> Descriptions() =>
        Gen.Elements(
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
                ""
            )
            .ArrayOf()
            .Select(string.Concat)
            .ToArbitrary();
}
