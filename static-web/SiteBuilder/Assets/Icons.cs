namespace TimeTagger.SiteBuilder.Assets;

/// <summary>The outline icons of the npm package lucide-static, for pages to inline.</summary>
/// <param name="source">The folder static-web.</param>
public sealed class Icons(string source)
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>An icon as an element that says nothing to screen readers.</summary>
    /// <exception cref="AssetMissingException">The package has no icon of that name.</exception>
    internal string Svg(string name)
    {
        if (!_known.TryGetValue(name, out var svg))
        {
            var file = Path.Combine(source, "node_modules", "lucide-static", "icons", $"{name}.svg");
            if (!File.Exists(file))
            {
                throw new AssetMissingException("icon", name);
            }

            var text = File.ReadAllText(file);
            var begin = text.IndexOf('>', text.IndexOf("<svg", StringComparison.Ordinal)) + 1;
            var shapes = text[begin..text.LastIndexOf("</svg>", StringComparison.Ordinal)];
            svg =
                $"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{string.Join(' ', shapes.Split())}</svg>""";
            _known.Add(name, svg);
        }

        return svg;
    }
}
