using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>What stands between the two lines <c>---</c> at the beginning of a page: YAML with single values.</summary>
internal sealed class FrontMatter
{
    private const string Fence = "---";
    private static readonly string[] Names = ["title", "description", "layout", "script", "lang"];

    private readonly string _file;
    private readonly int _end;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private FrontMatter(string file, int end) => (_file, _end) = (file, end);

    /// <summary>The line, counted from 1, on which the page's text begins.</summary>
    public int BodyLine => _end + 1;

    /// <summary>Takes the front matter from the lines of a page.</summary>
    /// <exception cref="FrontMatterException">It is missing or wrong.</exception>
    public static FrontMatter Read(string file, string[] lines)
    {
        if (lines[0] != Fence)
        {
            throw new FrontMatterException(file, 1, "A page begins with its front matter: --- on the first line.");
        }

        var end = Array.IndexOf(lines, Fence, 1);
        if (end < 0)
        {
            throw new FrontMatterException(file, 1, "The front matter has no end: add a line with --- after it.");
        }

        var matter = new FrontMatter(file, end + 1);
        matter.Take(string.Join('\n', lines[1..end]));
        return matter;
    }

    /// <summary>A value that has to be there.</summary>
    /// <exception cref="FrontMatterException">It is not.</exception>
    public string Required(string name) =>
        Optional(name)
        ?? throw new FrontMatterException(_file, _end, $"The front matter has no {name}. Add a line \"{name}: …\".");

    /// <summary>A value, or null where it is missing or empty.</summary>
    public string? Optional(string name) => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private void Take(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw new FrontMatterException(
                _file,
                (int)e.Start.Line + 1,
                "This is not YAML. A value with a colon or another mark of YAML goes between quotes, and a name stands there once."
            );
        }

        if (stream.Documents.Count == 0)
        {
            return;
        }

        if (stream.Documents[0].RootNode is not YamlMappingNode values)
        {
            throw new FrontMatterException(_file, 2, "The front matter has lines \"name: value\". Write it like that.");
        }

        foreach (var (key, value) in values.Children)
        {
            var line = (int)key.Start.Line + 1;
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!Names.Contains(name))
            {
                var known = string.Join(", ", Names);
                throw new FrontMatterException(_file, line, $"\"{name}\" is not known here. Use {known}.");
            }

            _values[name] =
                (value as YamlScalarNode)?.Value
                ?? throw new FrontMatterException(_file, line, $"\"{name}\" is one value. Write it on one line.");
        }
    }
}
