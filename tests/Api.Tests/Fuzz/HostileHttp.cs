using System.Globalization;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>Request lines, headers and queries that no client library would send.</summary>
internal static class HostileHttp
{
    private static readonly string[] Names =
    [
        "since",
        "timerange",
        "tag",
        "running",
        "hidden",
        "reset",
        "",
        "Since",
        "x",
    ];

    private static readonly string[] Values =
    [
        "",
        " ",
        "0",
        "-1",
        "1767600000.0001",
        "0-99999999999",
        "9-1",
        "-5-5",
        "0-1-2",
        "1e3-1e400",
        "nan-nan",
        "inf-inf",
        "-",
        "--",
        "inf",
        "-infinity",
        "yes",
        "no",
        "FALSE",
        "work",
        "#work,#home",
        ",,,",
        "#",
        "a\\b%_",
        "\u0000",
        "\u00ff\u00fe",
        Wire.Utf8("\u202eé🙂\uffff"),
        "\u00ed\u00a0\u0080",
        string.Concat(Enumerable.Repeat("t,", 1200)),
        new('9', 4300),
    ];

    private static readonly string[] Paths =
    [
        "/api/v2/records",
        "/api/v2/settings",
        "/api/v2/updates",
        "/api/v2/version",
        "/api/v2/webtoken",
        "/api/v2/apitoken",
        "/api/v2/forcereset",
        "/api/v2/bootstrap_authentication",
        "/api/v2/",
        "/api/v2",
        "/api/v3/records",
        "/api/status",
        "/",
        "",
        "*",
        "http://localhost/api/v2/version",
        "//localhost/api/v2/version",
    ];

    private static readonly string[] PathPieces =
    [
        "%00",
        "%",
        "%zz",
        "%ff%fe",
        "%c0%af",
        "%ed%a0%80",
        "%2f",
        "%2F..%2F",
        "%5c",
        "%3f",
        "%23",
        "%25",
        "%2e%2e/",
        "../",
        "./",
        "//",
        "\\",
        ";a=b",
        "?",
        "#",
        " ",
        "\t",
        "\0",
        "\r",
        "\u00e9",
        "\u00ff",
        "{path}",
        "{**path}",
        "*",
        "%F0%9F%99%82",
        "%E2%80%AE",
        new('a', 9000),
    ];

    private static readonly string[] Methods =
    [
        "HEAD",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "POST",
        "PUT",
        "GET",
        "DELETE",
        "PATCH",
        "PROPFIND",
        "PRI",
        "get",
        "Put",
        "PUTT",
        "P\0T",
        "",
        "GET GET",
        "\u00ff",
        new('M', 9000),
    ];

    private static readonly string[] Headers =
    [
        "Content-Encoding: gzip",
        "Content-Encoding: identity",
        "Content-Encoding: IDENTITY, identity",
        "Content-Encoding:",
        "Content-Encoding: \u00ff",
        "Content-Type: text/plain; charset=utf-16",
        "Content-Type: \u0001",
        "Content-Length: -1",
        "Content-Length: 1e3",
        "Content-Length: 18446744073709551616",
        "Content-Length: 9223372036854775807",
        "Content-Length: 0",
        "Content-Length: 99999999",
        "Content-Length: 5, 5",
        "Content-Length: 0x10",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: xchunked",
        "Expect: 100-continue",
        "Expect: nonsense",
        "Host: elsewhere",
        "Host:",
        "Host: [::1",
        "Host: a b",
        "Host: localhost:99999999",
        "Connection: close",
        "Connection: keep-alive, close, upgrade, \u00ff",
        "Upgrade: h2c",
        "Upgrade: websocket",
        "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
        "Accept-Encoding: gzip;q=nan, br;q=-1, *;q=1e400, identity;q=0",
        "Accept-Encoding: br, gzip, zstd, deflate",
        "If-None-Match: *",
        "If-None-Match: \"\", W/\"x\", \u00ff",
        "If-Match: \"x",
        "If-Modified-Since: yesterday",
        "Range: bytes=5-1",
        "Origin: null",
        "Origin: http://[::1",
        "Access-Control-Request-Method: PUT",
        "X-Forwarded-For: 127.0.0.1, \u0000",
        "X-Forwarded-For: [::",
        "X-Forwarded-Host: localhost:x",
        "X-HTTP-Method-Override: DELETE",
        "X-MS-CLIENT-PRINCIPAL: e30=",
        "Cookie: authtoken=x; ;;=",
        "authtoken:",
        "authtoken: x",
        "authtoken: a.b.c",
        "Authorization: Bearer",
        "Authorization: Bearer a.b.c",
        "Authorization: Basic \u00ff",
        "no colon",
        ": no name",
        "a\0b: c",
        "a: b\0c",
        "a: b\rc",
        "a:\n b",
        " folded: line",
        "\u00fc: x",
        $"Large: {new string('l', 33_000)}",
        $"{new string('n', 9000)}: x",
        string.Join("\r\n", Enumerable.Range(0, 120).Select(i => $"h{i}: x")),
    ];

    internal static string Method(Random random) => random.Pick(Methods);

    internal static string Header(Random random) => random.Pick(Headers);

    /// <summary>A path and query with oddities at any place, which may not be HTTP.</summary>
    internal static string Target(Random random)
    {
        var path = random.Pick(Paths);
        for (var changes = random.Next(3); changes > 0; changes--)
        {
            path = path.Insert(random.Next(path.Length + 1), random.Pick(PathPieces));
        }

        return random.Next(4) switch
        {
            0 => EncodeSome(random, path),
            1 => $"{path}?{Query(random)}",
            _ => path,
        };
    }

    /// <summary>Query parameters, known and unknown, once or again, encoded so that the request stays HTTP.</summary>
    internal static string Query(Random random) =>
        string.Join(
            random.Pick(["&", "&", "&&", ";"]),
            random.Times(
                0,
                5,
                () =>
                    random.Next(12) switch
                    {
                        0 => random.Pick(Names),
                        1 => $"{random.Pick(Names)}={random.Pick(["%", "%zz", "%e", "%u0041", "+", "=", "?"])}",
                        _ => $"{random.Pick(Names)}={Encode(random.Pick(Values))}",
                    }
            )
        );

    private static string Encode(string wire) =>
        string.Concat(wire.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c.ToString() : Percent(c)));

    private static string EncodeSome(Random random, string path) =>
        string.Concat(path.Select(c => c != '/' && random.Chance(0.2) ? Percent(c) : c.ToString()));

    private static string Percent(char c) => string.Create(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
}
