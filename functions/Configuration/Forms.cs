using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace TimeTagger.Configuration;

/// <summary>The forms that values have. Each throws a <see cref="FormatException"/> with a sentence about what is wrong.</summary>
public static partial class Forms
{
    private static readonly string[] TakenHeaders =
    [
        "authtoken",
        "Authorization",
        "Connection",
        "Content-Length",
        "Forwarded",
        "Host",
        "Transfer-Encoding",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
    ];

    /// <summary>A folder or file, absolute or below the current one, or below <c>~/</c>; returns a full path.</summary>
    /// <exception cref="FormatException">It is empty, no path, or below a home that is not there.</exception>
    public static string Path(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException("the path is empty");
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new FormatException("the path holds a character that no path has");
        }

        var isBelowHome = text is "~" || text.StartsWith("~/", StringComparison.Ordinal);
        return System.IO.Path.GetFullPath(
            isBelowHome ? (Home ?? throw new FormatException(NoHome(text))) + text[1..] : text
        );
    }

    // .NET gives an empty text for a folder that is not there, and "" + "/data" would be at the root of all files.
    internal static string? Home =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
        && Directory.Exists(home)
            ? home
            : null;

    /// <summary>Why a path below the home leads nowhere, and what to do.</summary>
    internal static string NoHome(string path) =>
        $"'{path}' is below the home folder, and there is none: HOME is '{Environment.GetEnvironmentVariable("HOME")}', "
        + "which is no folder. Say a full path, such as /var/lib/timetagger";

    internal static IPEndPoint AddressAndPort(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "" : text[..colon];
        var address = host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            ['[', .. var inner, ']'] when IPAddress.TryParse(inner, out var six) => six,
            _ when !host.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(host, out var four) => four,
            _ => throw new FormatException($"'{text}' is not an address and a port, such as 127.0.0.1:8080"),
        };
        return
            ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0
            ? new IPEndPoint(address, port)
            : throw new FormatException($"'{text}' does not end with a port from 1 to 65535");
    }

    internal static bool Boolean(string text) =>
        text.ToLowerInvariant() switch
        {
            "true" or "yes" or "on" or "1" => true,
            "false" or "no" or "off" or "0" => false,
            _ => throw new FormatException($"'{text}' is not true, yes, on or 1, nor false, no, off or 0"),
        };

    /// <summary>The name that <see cref="Boolean"/> reads.</summary>
    internal static string TrueOrFalse(bool value) => value ? "true" : "false";

    /// <summary>The name of a header that a proxy may set.</summary>
    internal static string HeaderName(string text) =>
        !HeaderToken().IsMatch(text) ? throw new FormatException($"'{text}' is not the name of a header")
        : Array.Exists(TakenHeaders, taken => taken.Equals(text, StringComparison.OrdinalIgnoreCase))
            ? throw new FormatException($"the header '{text}' already means something else")
        : text;

    /// <summary>One of the names of an enumeration, in whatever case.</summary>
    internal static T OneOf<T>(string text)
        where T : struct, Enum =>
        Enum.GetValues<T>()
            .Cast<T?>()
            .FirstOrDefault(value => string.Equals(Name(value!.Value), text, StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"'{text}' is not one of {string.Join(", ", Enum.GetValues<T>().Select(Name))}");

    /// <summary>The name that <see cref="OneOf{T}"/> reads.</summary>
    internal static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    internal static int WholeNumber(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : throw new FormatException($"'{text}' is not a whole number from {least} to {most}");

    /// <summary>What <see cref="WholeNumber"/> reads.</summary>
    internal static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string? StorageAccount(string text) =>
        text.Length == 0 ? null
        : AccountName().IsMatch(text) ? text
        : throw new FormatException(
            $"'{text}' is not the name of a storage account, which has 3 to 24 lower-case letters and digits"
        );

    /// <summary>Looks at the form only: what the parts mean is the business of who connects.</summary>
    internal static string? ConnectionString(string text)
    {
        const StringSplitOptions split = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var parts = text.Split(';', split);
        return parts.Length == 0 ? null
            : Array.TrueForAll(parts, part => part.IndexOf('=', StringComparison.Ordinal) > 0) ? text
            : throw new FormatException(
                "the value is not a connection string: parts of the form Name=value with ; between (put single quotes around it)"
            );
    }

    [GeneratedRegex(@"^[-!#$%&'*+.^_`|~A-Za-z0-9]{1,100}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HeaderToken();

    [GeneratedRegex(@"^[a-z0-9]{3,24}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AccountName();
}
