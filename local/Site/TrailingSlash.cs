namespace TimeTagger.Local.Site;

/// <summary>Which of a page's addresses is the one that others are redirected to.</summary>
internal enum TrailingSlash
{
    /// <summary>Nothing configured: all of them serve the page.</summary>
    Either,

    /// <summary>A folder's page ends with a slash, a file's page does not.</summary>
    Auto,

    /// <summary>Pages end with a slash.</summary>
    Always,

    /// <summary>Pages end without a slash.</summary>
    Never,
}
