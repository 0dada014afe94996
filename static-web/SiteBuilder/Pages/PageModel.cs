using TimeTagger.SiteBuilder.Assets;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>What a layout shows.</summary>
public sealed class PageModel
{
    internal PageModel(
        PageSource page,
        ClientAssets assets,
        ScriptAsset? script,
        PageText text,
        IReadOnlyList<PageSource> pages
    )
    {
        Page = page;
        Assets = assets;
        Script = script;
        Body = text.Html;
        Headings = text.Headings;
        Pages = pages;
    }

    internal PageSource Page { get; }

    internal string Address => Page.Address;

    internal ClientAssets Assets { get; }

    internal ScriptAsset? Script { get; }

    /// <summary>The page's text as HTML.</summary>
    internal string Body { get; }

    /// <summary>The headings below the title, in their order.</summary>
    internal IReadOnlyList<Heading> Headings { get; }

    /// <summary>All pages of the site, for menus and lists.</summary>
    internal IReadOnlyList<PageSource> Pages { get; }

    /// <summary>The title with the product's name, once.</summary>
    internal string DocumentTitle => Page.Title == "TimeTagger" ? Page.Title : $"{Page.Title} · TimeTagger";
}
