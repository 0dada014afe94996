namespace TimeTagger.Configuration;

/// <summary>One thing that can be configured, whatever its type: what a person has to know about it.</summary>
public abstract class Setting
{
    // Only Setting<T>: what is read is always typed.
    private protected Setting() { }

    /// <summary>Its name, in lower case with underscores. Argument and variable follow from it.</summary>
    public required string Name { get; init; }

    /// <summary>The form of a value, as help shows it: <c>&lt;folder&gt;</c>.</summary>
    public required string Form { get; init; }

    /// <summary>What counts where nothing is said: a value in its form, or words.</summary>
    public required string Default { get; init; }

    /// <summary>One paragraph for the person who sets it.</summary>
    public required string Documentation { get; init; }

    /// <summary>What its numbers count, or null where it is not a number.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether a value must not be shown: not in a message, not in a log.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether only the command line can say it, for what serves development alone.</summary>
    public bool IsArgumentOnly { get; init; }

    /// <summary>What the argument alone means, where it may stand without a value; else null.</summary>
    public string? Alone { get; init; }

    /// <summary>Which program it changes.</summary>
    public required UsedBy UsedBy { get; init; }

    /// <summary>How the command line names it: <c>--log_level</c>.</summary>
    public string Argument => $"--{Name}";

    /// <summary>How the environment names it: <c>TIMETAGGER_LOG_LEVEL</c>.</summary>
    public string Variable => Catalogue.VariablePrefix + Name.ToUpperInvariant();

    /// <summary>The value of a text.</summary>
    /// <exception cref="FormatException">It is malformed; the message says how, and holds no secret.</exception>
    internal abstract object? ParseAny(string text);

    /// <summary>The value where nothing is said.</summary>
    internal abstract object? DefaultOfAny();

    /// <summary>The text that a value has as a variable, or null where the variable should not be set.</summary>
    internal abstract string? WriteAny(object? value);
}

/// <summary>A setting and how its values are read and written.</summary>
/// <typeparam name="T">The type of its values.</typeparam>
public sealed class Setting<T> : Setting
{
    /// <summary>Reads a value; throws a <see cref="FormatException"/> that says in a sentence what is wrong, without a secret.</summary>
    public required Func<string, T> Parse { get; init; }

    /// <summary>The value where nothing is said; null where <see cref="Setting.Default"/> is itself such a value.</summary>
    public Func<T>? WhenUnset { get; init; }

    /// <summary>Writes a value as <see cref="Parse"/> reads it, or null for what is said by saying nothing.</summary>
    public Func<T, string?> Write { get; init; } = static value => value?.ToString();

    internal override object? ParseAny(string text) => Parse(text);

    internal override object? DefaultOfAny() => WhenUnset is { } value ? value() : Parse(Default);

    internal override string? WriteAny(object? value) => Write((T)value!);
}
