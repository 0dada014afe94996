namespace TimeTagger.Configuration;

/// <summary>What counts for one start: the command line, where it says nothing the environment, then the defaults.</summary>
public sealed class SettingValues
{
    private readonly Dictionary<Setting, (object? Value, string Source)> _values;

    private SettingValues(Dictionary<Setting, (object?, string)> values) => _values = values;

    /// <summary>Reads and checks all settings at once.</summary>
    /// <param name="settings">Those that there are.</param>
    /// <param name="args">The command line.</param>
    /// <param name="environment">The value of a variable, or null; one that is set to nothing counts as not set.</param>
    /// <exception cref="ConfigurationException">Something is unknown or malformed.</exception>
    public static SettingValues Read(
        IReadOnlyCollection<Setting> settings,
        IReadOnlyList<string> args,
        Func<string, string?> environment
    )
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(environment);
        var given = ArgumentList.Read(args, settings);
        return new SettingValues(settings.ToDictionary(setting => setting, Resolve));

        (object?, string) Resolve(Setting setting)
        {
            if (given.TryGetValue(setting, out var argument))
            {
                return (Parse(setting, argument, setting.Argument), setting.Argument);
            }

            return !setting.IsArgumentOnly && environment(setting.Variable) is { Length: > 0 } text
                ? (Parse(setting, text, setting.Variable), setting.Variable)
                : (setting.DefaultOfAny(), setting.Argument);
        }
    }

    /// <summary>The value of a setting that was read.</summary>
    public T Get<T>(Setting<T> setting) => (T)_values[setting].Value!;

    /// <summary>The same, but for one value that this program knows better.</summary>
    public SettingValues With<T>(Setting<T> setting, T value) =>
        new(new(_values) { [setting] = (value, _values[setting].Source) });

    /// <summary>For a value that is well formed and still cannot be used.</summary>
    /// <param name="setting">Whose value.</param>
    /// <param name="why">The rest of a sentence; no secret in it.</param>
    /// <returns>An exception that names the argument or variable which said it.</returns>
    public ConfigurationException Unusable(Setting setting, string why) => Refuse(_values[setting].Source, why);

    /// <summary>What counts, as variables for a program that this one starts; null for one that must not be set.</summary>
    /// <param name="program">Which program; the settings of others are none of its business.</param>
    public IReadOnlyDictionary<string, string?> ToEnvironment(UsedBy program) =>
        _values
            .Where(entry => !entry.Key.IsArgumentOnly)
            .ToDictionary(
                entry => entry.Key.Variable,
                entry => entry.Key.UsedBy.HasFlag(program) ? entry.Key.WriteAny(entry.Value.Value) : null,
                StringComparer.Ordinal
            );

    private static object? Parse(Setting setting, string text, string source)
    {
        try
        {
            return setting.ParseAny(text);
        }
        catch (FormatException malformed)
        {
            throw Refuse(source, malformed.Message);
        }
    }

    private static ConfigurationException Refuse(string source, string why) => new($"{source}: {why}");
}
