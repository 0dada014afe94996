using Xunit;

namespace TimeTagger.SiteBuilder.Tests;

/// <summary>The real site, built once with the real tools.</summary>
public sealed class BuiltSite : IAsyncLifetime, IDisposable
{
    internal SiteCopy Copy { get; } = new();

    internal string Root => Copy.Options.Out;

    public Task InitializeAsync() => Copy.BuildAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => Copy.Dispose();
}
