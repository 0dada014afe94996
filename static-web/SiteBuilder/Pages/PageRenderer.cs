using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TimeTagger.SiteBuilder.Assets;
using TimeTagger.SiteBuilder.Templates;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>Turns pages into HTML documents.</summary>
internal sealed class PageRenderer : IAsyncDisposable
{
    // No raw HTML in pages: what the content security policy forbids can then not be written by accident.
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseAutoIdentifiers()
        .UsePipeTables()
        .UseCustomContainers()
        .UseGenericAttributes()
        .Build();

    private static readonly Dictionary<string, Type> Layouts = new(StringComparer.Ordinal)
    {
        ["page"] = typeof(PageLayout),
        ["wide"] = typeof(WideLayout),
        ["form"] = typeof(FormLayout),
        ["app"] = typeof(AppLayout),
        ["design"] = typeof(DesignLayout),
    };

    private readonly ClientAssets _assets;
    private readonly HashSet<string> _addresses;
    private readonly ServiceProvider _services;
    private readonly HtmlRenderer _renderer;

    /// <summary>A renderer for the pages of one site, which may link to each other.</summary>
    public PageRenderer(ClientAssets assets, Icons icons, IEnumerable<PageSource> pages)
    {
        _services = new ServiceCollection().AddSingleton(icons).BuildServiceProvider();
        _assets = assets;
        _addresses = pages.Select(page => AddressOf(page.Path)).ToHashSet(StringComparer.Ordinal);
        _renderer = new HtmlRenderer(_services, NullLoggerFactory.Instance);
    }

    /// <summary>The address of a page: <c>login.html</c> is <c>/login</c>, <c>app/index.html</c> is <c>/app/</c>.</summary>
    public static string AddressOf(string path)
    {
        var address = $"/{path}";
        return address.EndsWith("/index.html", StringComparison.Ordinal) ? address[..^"index.html".Length]
            : address.EndsWith(".html", StringComparison.Ordinal) ? address[..^".html".Length]
            : address;
    }

    /// <summary>The page as an HTML document.</summary>
    /// <exception cref="SiteBuildException">The page names a layout, script or page that does not exist.</exception>
    public async Task<string> RenderAsync(PageSource page)
    {
        if (!Layouts.TryGetValue(page.Layout, out var layout))
        {
            var known = string.Join(", ", Layouts.Keys);
            throw new PageException(page.File, 1, $"There is no layout \"{page.Layout}\". Use one of: {known}.");
        }

        ScriptAsset? script = null;
        if (page.Script is not null && !_assets.Scripts.TryGetValue(page.Script, out script))
        {
            throw new PageException(
                page.File,
                1,
                $"There is no script app/pages/{page.Script}.tsx. Add it or correct the name."
            );
        }

        var document = Markdig.Markdown.Parse(page.Markdown, Markdown);
        CheckLinks(page, document);
        await Drawings.PlaceAsync(page, document, _renderer);
        var model = new PageModel(page, _assets, script, document.ToHtml(Markdown));
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["Model"] = model }
        );
        var html = await _renderer.Dispatcher.InvokeAsync(async () =>
            (await _renderer.RenderComponentAsync(layout, parameters)).ToHtmlString()
        );
        return html.ReplaceLineEndings("\n").Trim() + "\n";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _renderer.DisposeAsync();
        await _services.DisposeAsync();
    }

    private void CheckLinks(PageSource page, MarkdownDocument document)
    {
        foreach (var link in document.Descendants<LinkInline>())
        {
            var address = (link.Url ?? "").Split('#', '?')[0];
            if (address.StartsWith('/') && !_addresses.Contains(address))
            {
                throw new PageException(
                    page.File,
                    page.BodyLine + link.Line,
                    $"The link to {address} leads nowhere. Add that page or correct the link."
                );
            }
        }
    }
}
