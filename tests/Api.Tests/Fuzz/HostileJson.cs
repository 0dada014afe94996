using TimeTagger.Domain;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>Bodies of PUT: good ones, and such as are wrong as JSON, as lists, or as items.</summary>
internal static class HostileJson
{
    private static readonly string[] Blanks = ["", "", "", " ", "\t", "\r\n", "   "];
    private static readonly string[] WholeNumbers =
    [
        "0",
        "-0",
        "1",
        "-1",
        "1700000000",
        "1767600000",
        "32503680000",
        "99999999999",
        "1.5",
        "-0.0",
        "1E3",
        "1e18",
        "9223372036854775807",
        "-9223372036854775808",
        "9007199254740993",
    ];

    /// <summary>Numbers, also such as no integer and no double can hold.</summary>
    internal static IReadOnlyList<string> Numbers { get; } =
    [
        .. WholeNumbers,
        "1e400",
        "-1e400",
        "1e-400",
        "1e99999999999999999999",
        "9223372036854775808",
        "-9223372036854775809",
        "9.3e18",
        new('9', 4300),
        $"-{new string('1', 4301)}",
        $"0.{new string('0', 5000)}1",
        $"1{new string('0', 5000)}e-5000",
    ];

    /// <summary>What is meant as a value and is no JSON.</summary>
    private static readonly string[] NoJson =
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "nan",
        "0x10",
        "01",
        "+1",
        "1.",
        ".5",
        "1e",
        "1_000",
        "--1",
        Wire.Utf8("٣"),
        "nul",
        "True",
        "None",
        "undefined",
        "",
        "'a'",
    ];

    /// <summary>An item that every account takes that was not reset.</summary>
    internal static string SoundItem(ItemKind kind, Random random) =>
        kind == ItemKind.Record
            ? Join(random, Sound(random, "key", "mt", "t1", "t2", random.Chance(0.7) ? "ds" : "key"))
            : Join(random, Sound(random, "key", "mt", "value"));

    /// <summary>A list that every account takes that was not reset.</summary>
    internal static string SoundList(ItemKind kind, Random random) =>
        $"[{string.Join(',', random.Times(1, 5, () => SoundItem(kind, random)))}]";

    /// <summary>A list with something wrong, mostly.</summary>
    internal static string List(ItemKind kind, Random random)
    {
        var items = random.Times(0, 5, () => random.Chance(0.3) ? SoundItem(kind, random) : Item(kind, random));
        var list = $"[{string.Join(',', items)}]";
        return random.Next(30) switch
        {
            0 => list + random.Pick(["]", ",", "[]", "\0", " {}", "//"]),
            1 => random.Pick(["\u00ef\u00bb\u00bf", "\u00ff\u00fe", "/* */", "\u0000", ","]) + list,
            2 => list.Replace("]", ",]", StringComparison.Ordinal),
            3 => Value(random),
            4 => list[..random.Next(list.Length)],
            5 => $"[{Deep(random, list)}]",
            6 => string.Join("\0", list.ToCharArray()),
            7 => $"[{string.Concat(Enumerable.Repeat($"{Item(kind, random)},", random.Next(1, 40)))}{{}}]",
            _ => list,
        };
    }

    /// <summary>Any value, sound or not.</summary>
    internal static string Value(Random random, int depth = 0) =>
        random.Next(depth > 4 ? 6 : 13) switch
        {
            0 or 1 => random.Pick(Numbers),
            2 => HostileText.Invalid(random),
            3 => random.Chance(0.2) ? random.Pick(NoJson) : random.Pick(["null", "true", "false"]),
            4 or 5 or 6 => HostileText.Valid(random),
            7 or 8 => $"[{string.Join(',', random.Times(0, 4, () => Value(random, depth + 1)))}]",
            9 => Deep(random, "1"),
            10 => HostileText.Long(random),
            _ => Join(random, random.Times(0, 4, () => (HostileText.Key(random), Value(random, depth + 1)))),
        };

    // Around the depth at which a body is refused, and far beyond.
    private static string Deep(Random random, string core)
    {
        var levels = random.Pick([2, 60, 400, 996, 997, 998, 999, 1000, 1001, 1024, 20_000]);
        var (open, close) = random.Pick([("[", "]"), ("{\"a\":", "}"), ("[0,[[]],", "]")]);
        return string.Concat(Enumerable.Repeat(open, levels))
            + core
            + string.Concat(Enumerable.Repeat(close, random.Chance(0.9) ? levels : levels - 1));
    }

    private static string Item(ItemKind kind, Random random)
    {
        if (random.Chance(0.05))
        {
            return Value(random);
        }

        var names = kind == ItemKind.Record ? new[] { "key", "mt", "t1", "t2", "ds" } : ["key", "mt", "value"];
        var fields = Sound(random, names).ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(fields.Count);
            switch (random.Next(9))
            {
                case 0 when fields.Count > 1:
                    fields.RemoveAt(at);
                    break;
                case 1:
                    fields.Add((fields[at].Name, Value(random)));
                    break;
                case 2:
                    fields.Insert(random.Next(fields.Count), (random.Pick(OtherNames), Value(random)));
                    break;
                case 3:
                    fields[at] = (HostileText.Invalid(random), fields[at].Value);
                    break;
                case 4:
                    var text = random.Pick([0, fields.Count - 1]); // The key or the description.
                    fields[text] = (fields[text].Name, HostileText.TooLong(random));
                    break;
                case 5:
                    (fields[at], fields[0]) = (fields[0], fields[at]);
                    break;
                default:
                    fields[at] = (fields[at].Name, Value(random));
                    break;
            }
        }

        return Join(random, fields);
    }

    private static readonly string[] OtherNames =
    [
        "\"st\"",
        "\"_running\"",
        "\"KEY\"",
        "\"k\\u0065y\"",
        "\"\"",
        "\"__proto__\"",
        "\"m\\u0074\"",
        "\"ds\\u0000\"",
        "\"$type\"",
    ];

    private static IEnumerable<(string Name, string Value)> Sound(Random random, params string[] names) =>
        names.Select(name => ($"\"{name}\"", SoundField(random, name)));

    private static string SoundField(Random random, string name) =>
        name switch
        {
            "key" => HostileText.Key(new Random(random.Next())),
            "ds" => HostileText.Valid(random),
            "value" => random.Next(6) switch
            {
                0 => $"[{string.Join(',', random.Times(0, 5, () => HostileText.Valid(random)))}]",
                1 => $"{{\"a\":{{\"b\":[{random.Pick(WholeNumbers)},1e400,{new string('7', 4300)}]}}}}",
                2 => $"\"{new string('v', random.Pick([0, 1, 8188, 8189]))}\"",
                3 => random.Pick(["null", "true", "false", "0.1", "-1E-7", "[]", "{}"]),
                _ => HostileText.Valid(random),
            },
            _ => random.Pick(WholeNumbers),
        };

    private static string Join(Random random, IEnumerable<(string Name, string Value)> fields) =>
        $"{{{string.Join(',', fields.Select(field => $"{random.Pick(Blanks)}{field.Name}{random.Pick(Blanks)}:{field.Value}"))}}}";
}
