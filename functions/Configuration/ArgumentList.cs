using System.Text.RegularExpressions;

namespace TimeTagger.Configuration;

/// <summary>Reads <c>--name value</c>, <c>--name=value</c>, and <c>--name</c> where that may stand alone.</summary>
internal static partial class ArgumentList
{
    /// <summary>The texts that are given, by setting.</summary>
    /// <exception cref="ConfigurationException">An unknown, repeated or incomplete argument.</exception>
    public static Dictionary<Setting, string> Read(IReadOnlyList<string> args, IReadOnlyCollection<Setting> known)
    {
        var given = new Dictionary<Setting, string>();
        Setting? last = null;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
            var setting =
                known.FirstOrDefault(candidate => candidate.Argument == name)
                ?? throw new ConfigurationException($"{Unknown(args[i], i, last)} --help lists what there is.");
            var standsAlone = i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal);
            value ??=
                setting.Alone is { } alone && standsAlone ? alone
                : ++i < args.Count ? args[i]
                : throw new ConfigurationException($"{name} needs a value.");
            if (!given.TryAdd(setting, value))
            {
                throw new ConfigurationException($"{name} is given twice.");
            }

            last = setting;
        }

        return given;
    }

    // A word that follows a secret is perhaps the rest of it, and what stands after a name perhaps one: neither is shown.
    private static string Unknown(string argument, int index, Setting? last)
    {
        var name = BeginningAsName().Match(argument).Value;
        var mayBeSecret = last is { IsSecret: true } && !argument.StartsWith("--", StringComparison.Ordinal);
        return mayBeSecret ? $"Unknown argument after the value of {last!.Argument}."
            : name.Length == 0 ? $"Unknown argument at position {index + 1}."
            : $"Unknown argument '{name}'.";
    }

    [GeneratedRegex("^-*[A-Za-z0-9_-]*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BeginningAsName();
}
