using System.Net;
using System.Text;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>A reverse proxy that signs people in, before the front: its header arrives, and its address is the socket's.</summary>
public sealed class ProxySignInTests : IDisposable
{
    private static readonly string Proof = Convert.ToBase64String("""{"method":"proxy"}"""u8);

    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _site = new();

    public void Dispose()
    {
        _data.Dispose();
        _site.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1", "X-Remote-User", HttpStatusCode.OK, "\"token\"")]
    [InlineData("127.0.0.1", "X-Forwarded-User", HttpStatusCode.OK, "\"token\"")]
    [InlineData("203.0.113.7", "X-Remote-User", HttpStatusCode.Forbidden, "the proxy is not trusted")]
    public async Task SignIn_ThroughTheFront_GoesByThePeerOfItsSocket(
        string trusted,
        string header,
        HttpStatusCode expected,
        string text
    )
    {
        var bind = $"127.0.0.1:{LocalProgram.FreePort()}";
        await using var program = LocalProgram.Start([
            $"--bind={bind}",
            $"--datadir={_data.Path}",
            $"--site={_site.Path}",
            "--proxy_auth_enabled=true",
            $"--proxy_auth_trusted={trusted}",
            $"--proxy_auth_header={header}",
        ]);
        await program.RunningAsync();
        using var client = new HttpClient(
            new SocketsHttpHandler { UseProxy = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{bind}/api/v2/bootstrap_authentication")
        {
            Content = new StringContent(Proof),
        };
        request.Headers.TryAddWithoutValidation(header, "Zoë 🙂");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");

        using var answer = await client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Contains(text, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
