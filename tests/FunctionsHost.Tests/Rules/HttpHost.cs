using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>A host whose worker takes every call below <c>/api</c>, for the tests of a class.</summary>
public sealed class HttpHost : IAsyncLifetime
{
    internal ScriptedPackage Package { get; } = new();

    internal HostProgram Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host = Package.Start();
        await Host.LineAsync("The worker is ready.");
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Package.Dispose();
    }

    /// <summary>What the worker saw of a call.</summary>
    internal async Task<JsonElement> EchoAsync(HttpRequestMessage request)
    {
        using var answer = await Host.Http.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The answer to a request that no client library would send.</summary>
    internal async Task<string> RawAsync(string request)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", Host.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
