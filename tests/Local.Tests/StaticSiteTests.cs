using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace TimeTagger.Local.Tests;

public sealed class StaticSiteTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Theory]
    [InlineData("/", "Home")]
    [InlineData("/index.html", "Home")]
    [InlineData("/login", "Sign in")]
    [InlineData("/login.html", "Sign in")]
    [InlineData("/alias", "Sign in")]
    [InlineData("/app", "App")]
    [InlineData("/app/", "App")]
    public async Task Get_PageByAnyOfItsAddresses_ServesIt(string path, string expected)
    {
        Assert.Equal($"<h1>{expected}</h1>", await site.Client.GetStringAsync(path));
    }

    [Theory]
    [InlineData("/none")]
    [InlineData("/secret/file")]
    [InlineData("/LOGIN.HTML")]
    public async Task Get_NothingThere_ServesThePageOfTheConfigurationWith404(string path)
    {
        using var answer = await site.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("<h1>Nothing here</h1>", await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/staticwebapp.config.json")]
    [InlineData("//staticwebapp.config.json")]
    [InlineData("/app/../staticwebapp.config.json")]
    [InlineData("/%73taticwebapp.config.json")]
    [InlineData("/../../../../../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%2f..%2f..%2f..%2fetc/passwd")]
    [InlineData("/app/..%5c..%5cstaticwebapp.config.json")]
    [InlineData("//etc/passwd")]
    public async Task Get_PathThatIsNoPage_FindsNothing(string path)
    {
        Assert.StartsWith("HTTP/1.1 404", await site.RawAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Anything_HasTheHeadersOfTheConfiguration()
    {
        using var page = await site.Client.GetAsync("/login");
        using var script = await site.Client.GetAsync("/app/app.js");
        using var missing = await site.Client.GetAsync("/none");
        foreach (var answer in new[] { page, script, missing })
        {
            Assert.Equal(["default-src 'self'"], answer.Headers.GetValues("Content-Security-Policy"));
        }
        Assert.Equal(["yes"], page.Headers.GetValues("X-Everywhere"));
        Assert.False(script.Headers.Contains("X-Everywhere"));
        Assert.Equal("max-age=31536000", script.Headers.CacheControl?.ToString());
        Assert.Equal("no-cache", page.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Get_NothingThereWhereFilesAreKeptForAYear_IsNotKept()
    {
        using var missing = await site.Client.GetAsync("/app/none.js");

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("no-cache", missing.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Get_ConfiguredRedirectAndType_AreFollowed()
    {
        using var redirect = await site.Client.GetAsync("/old");
        using var typed = await site.Client.GetAsync("/data.tagged");
        Assert.Equal(HttpStatusCode.MovedPermanently, redirect.StatusCode);
        Assert.Equal("/login", redirect.Headers.Location?.ToString());
        Assert.Equal("text/x-tagged", typed.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Get_TextWhenCompressionIsAccepted_IsCompressedAndComesBackWhole(string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/app/app.js");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        using var answer = await site.Client.SendAsync(request);

        Assert.Equal([encoding], answer.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        Assert.True(answer.Content.Headers.ContentLength < 1000);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream plain =
            encoding == "br"
                ? new BrotliStream(body, CompressionMode.Decompress)
                : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.Equal($"// {new string('x', 5000)}", await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("\"other\", W/{0}")]
    [InlineData("*")]
    public async Task Get_WithTheEntityTagItHas_Answers304WithoutBody(string ifNoneMatch)
    {
        using var first = await site.Client.GetAsync("/login");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/login");
        request.Headers.TryAddWithoutValidation("If-None-Match", string.Format(null, ifNoneMatch, first.Headers.ETag));
        using var second = await site.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
        Assert.True(second.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Head_Page_HasLengthButNoBody()
    {
        using var answer = await site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/login"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("<h1>Sign in</h1>".Length, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Post_Page_IsNotAllowed()
    {
        using var answer = await site.Client.PostAsync("/login", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("TRACE", "/")]
    [InlineData("CONNECT", "{0}")]
    [InlineData("OPTIONS", "*")]
    public async Task Request_OfAMethodThatNoPageHas_IsNotAllowed(string method, string target) =>
        Assert.StartsWith(
            "HTTP/1.1 405",
            await site.RawAsync(string.Format(null, target, site.Client.BaseAddress!.Authority), method),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("networking")]
    [InlineData("routes[4].allowedRoles")]
    public void Start_PartOfTheConfigurationWithoutEffect_IsNamed(string part)
    {
        Assert.Contains(
            $"Warning: {part} in staticwebapp.config.json has no effect",
            site.Program.Output,
            StringComparison.Ordinal
        );
    }
}
