using System.Net;
using System.Text.RegularExpressions;

namespace TimeTagger.Local;

/// <summary>What the command line and the environment say; the command line wins.</summary>
internal sealed partial record Options
{
    public const string Help = """
        Runs TimeTagger on this machine: builds the site, starts the handler and serves both on one port.

        Usage: dotnet run --project local -- [options]

          --bind <address:port>     where to listen                      (default 127.0.0.1:8080)
          --datadir <folder>        where the data lies                  (default ~/_timetagger)
          --credentials <list>      user:bcrypt-hash,user:bcrypt-hash    (default: none, sign in from this computer)
          --help                    this text

        The environment variables TIMETAGGER_BIND, TIMETAGGER_DATADIR and TIMETAGGER_CREDENTIALS say the same;
        the command line wins.

        For tests and development:
          --site <folder>           serve this built site instead of building static-web
          --handler <file>          start this executable instead of the built handler
        """;

    public required IPEndPoint Bind { get; init; }

    /// <summary>A full path.</summary>
    public required string DataDir { get; init; }

    public string? Credentials { get; init; }

    /// <summary>A full path to a built site, or null to build it.</summary>
    public string? Site { get; init; }

    /// <summary>A full path to an executable, or null for the handler that was built with this program.</summary>
    public string? Handler { get; init; }

    /// <exception cref="Refusal">Something is unknown or malformed; the sentence names it.</exception>
    public static Options Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var given = ArgumentList.Read(args, ["bind", "datadir", "credentials", "site", "handler"]);
        return new Options
        {
            Bind = Value("bind", "TIMETAGGER_BIND", ParseBind) ?? new IPEndPoint(IPAddress.Loopback, 8080),
            DataDir = Value("datadir", "TIMETAGGER_DATADIR", ParsePath) ?? ParsePath("~/_timetagger")!,
            Credentials = Value("credentials", "TIMETAGGER_CREDENTIALS", ParseCredentials),
            Site = Value("site", null, ParsePath),
            Handler = Value("handler", null, ParsePath),
        };

        T? Value<T>(string name, string? variable, Func<string, T?> parse)
            where T : class
        {
            var (source, text) = given.TryGetValue(name, out var argument)
                ? ($"--{name}", argument)
                : (variable!, variable is null ? null : environment(variable));
            if (string.IsNullOrEmpty(text) && source == variable)
            {
                return null; // a variable that is set to nothing counts as not set
            }
            if (text is null)
            {
                return null;
            }
            try
            {
                return parse(text);
            }
            catch (FormatException malformed)
            {
                throw new Refusal($"{source}: {malformed.Message}", Refusal.Misused);
            }
        }
    }

    private static IPEndPoint ParseBind(string text)
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
        return ushort.TryParse(text.AsSpan(colon + 1), out var port) && port > 0
            ? new IPEndPoint(address, port)
            : throw new FormatException($"'{text}' does not end with a port from 1 to 65535");
    }

    private static string ParsePath(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException("the path is empty");
        }
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.GetFullPath(
            text is "~" || text.StartsWith("~/", StringComparison.Ordinal) ? home + text[1..] : text
        );
    }

    private static string? ParseCredentials(string text)
    {
        const StringSplitOptions split = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var entries = text.Split([',', ';'], split);
        for (var i = 0; i < entries.Length; i++)
        {
            if (!Credential().IsMatch(entries[i]))
            {
                // The hash stays out of the message; a shell that ate the dollar signs is the usual cause.
                throw new FormatException(
                    $"entry {i + 1} is not of the form user:bcrypt-hash (put single quotes around it: the hash has dollar signs)"
                );
            }
        }
        return entries.Length == 0 ? null : string.Join(',', entries);
    }

    [GeneratedRegex(@"^[^:]+:\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Credential();
}
