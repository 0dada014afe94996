using System.Net;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>The product as in Azure: the package, under the emulator of the Functions host, on Azurite.</summary>
public sealed class FunctionsHostTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _site = new();
    private readonly int _port = LocalProgram.FreePort();

    public void Dispose()
    {
        _data.Dispose();
        _site.Dispose();
    }

    [Fact]
    public async Task Host_Functions_RunsThePackageAndLeavesNoProcess()
    {
        await PublishedPackage.FolderAsync();
        await using var program = LocalProgram.Start([
            "--host",
            "functions",
            "--bind",
            $"127.0.0.1:{_port}",
            "--datadir",
            _data.Path,
            "--site",
            _site.Path,
        ]);
        await program.RunningAsync();
        Assert.DoesNotContain("Making the package", program.Output, StringComparison.Ordinal); // it was there
        await program.LineAsync("(Forwarding): Api, Maintenance, Sweep, Webhooks");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };

        Assert.Equal(HttpStatusCode.OK, await SignInAsync(client));
        Assert.Equal(HttpStatusCode.Forbidden, await SignInAsync(client, ("Host", "evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await SignInAsync(client, ("X-Forwarded-For", "127.0.0.1")));
        foreach (
            var path in new[]
            {
                "/Maintenance",
                "/Sweep",
                "/api/../Maintenance",
                "/api/Maintenance",
                "/admin/host/ping",
            }
        )
        {
            using var answer = await client.PostAsync(path, new StringContent("""{"Data":{"timer":{}}}"""));
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        }

        var children = program.Descendants();
        await program.SignalAsync("TERM");
        Assert.Equal(0, await program.ExitAsync());
        await Task.WhenAll(children.Select(ProcessTable.EndedAsync));
        Assert.False(File.Exists(Path.Combine(_data.Path, "timetagger.db")));
    }

    private static async Task<HttpStatusCode> SignInAsync(HttpClient client, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/bootstrap_authentication")
        {
            Content = new StringContent(Convert.ToBase64String("""{"method":"localhost"}"""u8)),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
