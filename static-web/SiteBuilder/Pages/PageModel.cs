using TimeTagger.SiteBuilder.Assets;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>What a layout shows.</summary>
public sealed class PageModel
{
    internal PageModel(PageSource page, ClientAssets assets, ScriptAsset? script, string body)
    {
        Page = page;
        Assets = assets;
        Script = script;
        Body = body;
    }

    internal PageSource Page { get; }

    internal string Address => PageRenderer.AddressOf(Page.Path);

    internal ClientAssets Assets { get; }

    internal ScriptAsset? Script { get; }

    internal string Body { get; }

    /// <summary>The title with the product's name, once.</summary>
    internal string DocumentTitle => Page.Title == "TimeTagger" ? Page.Title : $"{Page.Title} · TimeTagger";
}
