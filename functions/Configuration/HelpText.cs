using System.Text;

namespace TimeTagger.Configuration;

/// <summary>What <c>--help</c> prints about settings.</summary>
public static class HelpText
{
    private const int Width = 100;
    private const string Indent = "      ";

    /// <summary>Whether the command line asks for it, among whatever else.</summary>
    public static bool IsAskedFor(IEnumerable<string> args) => args.Any(arg => arg is "--help" or "-h");

    /// <summary>A paragraph for every setting: argument and form, documentation, default, variable.</summary>
    public static string Of(IEnumerable<Setting> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return string.Join("\n\n", settings.Select(Paragraph));
    }

    private static string Paragraph(Setting setting)
    {
        var variable = setting.IsArgumentOnly ? "" : $" Variable: {setting.Variable}.";
        var unit = setting.Unit is null ? "" : $" Unit: {setting.Unit}.";
        return $"  {setting.Argument} {setting.Form}\n{Wrapped(setting.Documentation)}\n"
            + $"{Indent}Default: {setting.Default}.{unit}{variable}";
    }

    private static string Wrapped(string paragraph)
    {
        var text = new StringBuilder(Indent);
        var column = Indent.Length;
        foreach (var word in paragraph.Split(' '))
        {
            if (column > Indent.Length && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(Indent);
                column = Indent.Length;
            }

            var space = column > Indent.Length ? " " : "";
            text.Append(space).Append(word);
            column += space.Length + word.Length;
        }

        return text.ToString();
    }
}
