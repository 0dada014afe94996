namespace TimeTagger.Local;

/// <summary>Reads <c>--name value</c> and <c>--name=value</c>.</summary>
internal static class ArgumentList
{
    /// <exception cref="Refusal">An unknown, repeated or incomplete argument.</exception>
    public static Dictionary<string, string> Read(IReadOnlyList<string> args, IReadOnlyCollection<string> known)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal) || !known.Contains(name[2..], StringComparer.Ordinal))
            {
                throw new Refusal($"Unknown argument '{name}'. --help lists what there is.", Refusal.Misused);
            }
            value ??= ++i < args.Count ? args[i] : throw new Refusal($"{name} needs a value.", Refusal.Misused);
            if (!given.TryAdd(name[2..], value))
            {
                throw new Refusal($"{name} is given twice.", Refusal.Misused);
            }
        }
        return given;
    }
}
