using System.Globalization;
using System.Text;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>
/// Bytes as a string with one character per byte, in which requests are made: easy to cut and join, and able to hold
/// what is no text in any encoding.
/// </summary>
internal static class Wire
{
    private const int ShownBytes = 3000;

    /// <summary>The bytes that the string stands for.</summary>
    internal static byte[] Bytes(string wire) => Encoding.Latin1.GetBytes(wire);

    /// <summary>A text as UTF-8.</summary>
    internal static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>A request with one body of known length.</summary>
    internal static string Request(string method, string target, IEnumerable<string> headers, string body = "") =>
        Head(method, target, [.. headers, $"Content-Length: {body.Length}"]) + body;

    /// <summary>A request up to where its body begins.</summary>
    internal static string Head(string method, string target, IEnumerable<string> headers) =>
        $"{method} {target} HTTP/1.1\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n";

    /// <summary>A form that can be printed, and pasted into a C# string.</summary>
    internal static string Show(string wire)
    {
        var shown = new StringBuilder();
        foreach (var c in wire.Take(ShownBytes))
        {
            shown.Append(
                c switch
                {
                    '\n' => "\\n\n",
                    '\r' => "\\r",
                    '\\' => @"\\",
                    < ' ' or > '~' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                    _ => c.ToString(),
                }
            );
        }

        return wire.Length > ShownBytes ? $"{shown} … ({wire.Length} bytes)" : shown.ToString();
    }
}
