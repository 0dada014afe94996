using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace TimeTagger.Browser.Tests;

[CollectionDefinition(Name)]
[SuppressMessage("Naming", "CA1711", Justification = "xunit's own term")]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
