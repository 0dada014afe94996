using System.Net.Sockets;
using System.Text;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>The program with a small site.</summary>
public sealed class SiteFixture : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _site = new();
    private readonly TemporaryFolder _data = new();
    private readonly int _port = LocalProgram.FreePort();

    internal LocalProgram Program { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _site.Write("index.html", "<h1>Home</h1>");
        _site.Write("login.html", "<h1>Sign in</h1>");
        _site.Write("app/index.html", "<h1>App</h1>");
        _site.Write("404.html", "<h1>Nothing here</h1>");
        _site.Write("app/app.js", $"// {new string('x', 5000)}");
        _site.Write("data.tagged", "x");
        _site.Write(
            "staticwebapp.config.json",
            """
            {
              "globalHeaders": { "Content-Security-Policy": "default-src 'self'", "X-Everywhere": "yes" },
              "routes": [
                { "route": "/app/*.{js,css}", "headers": { "Cache-Control": "max-age=31536000", "X-Everywhere": "" } },
                { "route": "/old", "redirect": "/login", "statusCode": 301 },
                { "route": "/alias", "rewrite": "/login.html" },
                { "route": "/secret*", "statusCode": 404 },
                { "route": "/members", "allowedRoles": ["member"] }
              ],
              "responseOverrides": { "404": { "rewrite": "/404.html" } },
              "mimeTypes": { ".tagged": "text/x-tagged" },
              "networking": {}
            }
            """
        );
        Program = LocalProgram.Start(["--bind", $"127.0.0.1:{_port}", "--datadir", _data.Path, "--site", _site.Path]);
        await Program.RunningAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{_port}"),
        };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Program.DisposeAsync();
    }

    public void Dispose()
    {
        _site.Dispose();
        _data.Dispose();
    }

    /// <summary>Sends a request line that no HTTP client would, and returns the whole answer.</summary>
    internal async Task<string> RawAsync(string requestTarget, string method = "GET")
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", _port);
        await using var stream = tcp.GetStream();
        var request = $"{method} {requestTarget} HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
