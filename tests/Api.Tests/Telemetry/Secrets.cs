using System.Buffers.Text;
using System.Text;

namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>Texts that must not be found, in whatever way they are written down.</summary>
internal static class Secrets
{
    internal static void AssertNoneIn(string text, IEnumerable<string> secrets)
    {
        foreach (var written in secrets.SelectMany(Written))
        {
            var at = text.IndexOf(written, StringComparison.OrdinalIgnoreCase);
            Assert.True(
                at < 0,
                $"'{written}' was sent: {(at < 0 ? "" : text[Math.Max(0, at - 400)..Math.Min(at + 200, text.Length)])}"
            );
        }
    }

    private static IEnumerable<string> Written(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToBase64String(bytes).TrimEnd('=');
        yield return Base64Url.EncodeToString(bytes);
        yield return Convert.ToHexString(bytes);
    }
}
