namespace TimeTagger.SiteBuilder.Stages;

/// <summary>Code of a page in a language.</summary>
internal sealed record CodeText(string Language, string Text);

/// <summary>Code as HTML, in the order in which it was asked for; null where the language is not known.</summary>
/// <param name="Languages">The languages that are known.</param>
internal sealed record CodeMarkup(IReadOnlyList<string> Languages, IReadOnlyList<string?> Blocks);

/// <summary>The script of the service worker.</summary>
internal sealed record WorkerCode(string Code);
