namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>Texts as JSON: what may be in them and hardly ever is, and what must not be.</summary>
internal static class HostileText
{
    /// <summary>The most code points of a key or a description.</summary>
    private const int Most = 255;

    private const int Keys = 200;

    /// <summary>Pieces of valid JSON strings, each of one code point or few.</summary>
    private static readonly string[] Sound =
    [
        "a",
        "Z",
        "0",
        " ",
        "#tag",
        "#Tag, ",
        "HIDDEN ",
        "<script>",
        "'",
        "%00",
        "_",
        "\\u0000",
        "\\u001f",
        "\\n",
        "\\r\\n",
        "\\t",
        "\\\"",
        "\\\\",
        "\\/",
        "\\b\\f",
        "\\u0041",
        "\\u007f",
        "\u007f",
        "\\u2028",
        "\\ufeff",
        "\\uFFFF",
        "\\ud83d\\ude42",
        "\\uDBFF\\uDFFF",
        Wire.Utf8("\u00e9"),
        Wire.Utf8("e\u0301\u0301\u0301"),
        Wire.Utf8("\u202e\u0627\u0644"),
        Wire.Utf8("\u200d"),
        Wire.Utf8("\ufeff"),
        Wire.Utf8("\uffff"),
        Wire.Utf8("\ufffd"),
        Wire.Utf8("\u0130\u0131"),
        Wire.Utf8("漢"),
        Wire.Utf8("🙂"),
        Wire.Utf8("\U0010ffff"),
    ];

    /// <summary>Pieces of strings that are JSON and no text: halves of surrogate pairs.</summary>
    private static readonly string[] Halves = ["\\ud800", "\\udfff", "\\ude42\\ud83d", "\\ud800\\ud800", "\\ud83dx"];

    /// <summary>Pieces that no JSON may hold: bytes that are no UTF-8, control characters, broken escapes.</summary>
    internal static IReadOnlyList<string> Broken { get; } =
    [
        "\\u12",
        "\\uzzzz",
        "\\x41",
        "\\",
        "\"",
        "\u0000",
        "\u0001",
        "\n",
        "\u00c0\u00af",
        "\u00c1\u0081",
        "\u00e0\u0080\u0080",
        "\u00ed\u00a0\u0080",
        "\u00ed\u00a0\u00bd\u00ed\u00b9\u0082",
        "\u00f0\u0080\u0080\u0080",
        "\u00f4\u0090\u0080\u0080",
        "\u00f8\u0088\u0080\u0080\u0080",
        "\u0080",
        "\u00ff",
        "\u00fe\u00ff",
        "\u00ef\u00bb",
    ];

    /// <summary>A JSON string that may be a key or a description.</summary>
    internal static string Valid(Random random) =>
        random.Next(20) switch
        {
            0 => Quoted(string.Concat(Enumerable.Repeat(random.Pick(OneCodePoint), Most))),
            1 => Quoted(new string('x', random.Next(Most))),
            _ => Quoted(string.Concat(random.Times(0, 8, () => random.Pick(Sound)))),
        };

    /// <summary>A JSON string that may be a key, of so few that they meet again.</summary>
    internal static string Key(Random random) => Valid(new Random(random.Next(Keys)));

    /// <summary>A JSON string that is too long, or none at all.</summary>
    internal static string Invalid(Random random) =>
        random.Next(5) switch
        {
            0 => TooLong(random),
            1 => Quoted(new string('y', random.Next(60_000))),
            _ => Quoted(
                string.Concat(random.Times(0, 4, () => random.Pick(Sound)))
                    + (random.Chance(0.9) ? random.Pick(Halves) : random.Pick(Broken))
                    + string.Concat(random.Times(0, 4, () => random.Pick(Sound)))
            ),
        };

    /// <summary>A JSON string that has one or two code points too many.</summary>
    internal static string TooLong(Random random) =>
        Quoted(string.Concat(Enumerable.Repeat(random.Pick(OneCodePoint), Most + random.Next(1, 3))));

    /// <summary>A JSON string around the length at which a setting's value is refused.</summary>
    internal static string Long(Random random) =>
        Quoted(
            string.Concat(
                Enumerable.Repeat(
                    random.Pick(OneCodePoint),
                    random.Pick([682, 683, 1364, 1365, 4094, 4095, 8189, 8190])
                )
            )
        );

    private static readonly string[] OneCodePoint =
    [
        "\\n",
        "\u007f",
        "x",
        "\\u0000",
        "\\ud83d\\ude42",
        Wire.Utf8("é"),
        Wire.Utf8("🙂"),
        Wire.Utf8("\uffff"),
    ];

    private static string Quoted(string pieces) => $"\"{pieces}\"";
}
