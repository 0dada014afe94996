using TimeTagger.SiteBuilder.App;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests.App;

public sealed class ServiceWorkerTests : IDisposable
{
    private readonly TemporaryFolder _site = new();

    public ServiceWorkerTests()
    {
        _site.Write("app/index.html", "<link rel=stylesheet href=/assets/a.css><script src=/assets/app-1.js></script>");
        _site.Write(
            "assets/a.css",
            "a{src:url(font.woff2)}b{background:url(\"/assets/b.svg\")}c{d:url(data:x)}e{f:url(#g)}"
        );
        _site.Write("assets/app-1.js", "1");
    }

    public void Dispose() => _site.Dispose();

    [Fact]
    public void FilesOf_AppPages_AreWhatTheyFetchNowAndLaterAndWhatTheirStylesNeed()
    {
        var files = AppFiles.Of(
            _site.Path,
            [Given.Page(path: "index.html"), Given.Page(path: "app/index.html", script: "app")],
            Given.Assets,
            ["/config.json"]
        );

        Assert.Equal(
            [
                "/app/",
                "/assets/a.css",
                "/assets/app-1.js",
                "/assets/b.svg",
                "/assets/font.woff2",
                "/assets/later-1.js",
                "/assets/shared-1.js",
                "/config.json",
            ],
            files.Select(file => file.Address)
        );
        Assert.Equal("app/index.html", files[0].Path);
    }

    [Fact]
    public void Write_AnyChange_IsAnotherVersion()
    {
        string[] scripts =
        [
            Script("{}", "code"),
            Script("{ }", "code"),
            Script("{}", "other code"),
            ScriptAfter(() => _site.Write("assets/app-1.js", "2")),
        ];

        Assert.Equal(4, scripts.Select(Version).Distinct().Count());
        Assert.Equal(Version(Script("{}", "code")), Version(Script("{}", "code")));
    }

    private string ScriptAfter(Action change)
    {
        change();
        return Script("{}", "code");
    }

    private string Script(string config, string code) =>
        ServiceWorker.Write(_site.Path, [("/assets/app-1.js", "assets/app-1.js")], config, code);

    private static string Version(string script) => script.Split("\"version\":\"")[1].Split('"')[0];
}
