using System.Globalization;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>Bodies whose length nobody says beforehand.</summary>
internal static class HostileChunks
{
    private static readonly string[] BadSizes =
    [
        "",
        "zz",
        "-1",
        "+5",
        "0x5",
        " 5",
        "5 ",
        "1e3",
        "5;",
        "5;a=\"b",
        "00000000000000005",
        "ffffffff",
        "7fffffff",
        "ffffffffffffffff",
        "10000000000000000000000",
        "\0",
        new('0', 5000),
    ];

    /// <summary>A body in chunks, as it may be.</summary>
    internal static string Good(Random random, string body)
    {
        var chunks = Cut(random, body)
            .Select(chunk => $"{Size(random, chunk.Length)}{random.Pick(["", "", ";a=b", ";a"])}\r\n{chunk}\r\n");
        return $"{string.Concat(chunks)}0\r\n{random.Pick(["", "", "X-Trailer: x\r\n"])}\r\n";
    }

    /// <summary>A body in chunks, with something wrong.</summary>
    internal static string Bad(Random random, string body)
    {
        var chunks = Cut(random, body).ToList();
        var bad = random.Next(chunks.Count);
        var wire = chunks.Select(
            (chunk, i) =>
                (i == bad ? random.Next(5) : -1) switch
                {
                    0 => $"{random.Pick(BadSizes)}\r\n{chunk}\r\n",
                    1 => $"{Size(random, chunk.Length + random.Pick([-1, 1, 70_000]))}\r\n{chunk}\r\n",
                    2 => $"{Size(random, chunk.Length)}\n{chunk}\n",
                    3 => $"{Size(random, chunk.Length)}\r\n{chunk}",
                    4 => $"\r\n{Size(random, chunk.Length)}\r\n{chunk}\r\n",
                    _ => $"{Size(random, chunk.Length)}\r\n{chunk}\r\n",
                }
        );
        return $"{string.Concat(wire)}{random.Pick(["0\r\n\r\n", "0\r\n\r\n", "0\r\n", "", "0\r\nbad trailer\r\n\r\n"])}";
    }

    private static string Size(Random random, int size) =>
        Math.Max(0, size).ToString(random.Pick(["x", "X"]), CultureInfo.InvariantCulture);

    private static IEnumerable<string> Cut(Random random, string body)
    {
        for (var at = 0; at < body.Length; )
        {
            var length = Math.Min(body.Length - at, random.Next(1, 400));
            yield return body.Substring(at, length);
            at += length;
        }
    }
}
