using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TimeTagger.Api.Tests.Server;

/// <summary>HTTP as bytes, where a client library would mend what is sent or read.</summary>
/// <param name="port">The server's port on loopback.</param>
/// <param name="peer">The address of this machine to call from; null for any.</param>
internal sealed class RawHttp(int port, IPAddress? peer = null)
{
    /// <summary>Sends a request line with headers that ends the connection, and returns the whole answer.</summary>
    internal Task<RawAnswer> SendAsync(string requestLine, params string[] headers) =>
        SendTextAsync(string.Join("\r\n", [requestLine, "Host: localhost", "Connection: close", .. headers, "", ""]));

    /// <summary>Sends a text as it is and reads until the server ends the connection.</summary>
    internal async Task<RawAnswer> SendTextAsync(string text) =>
        RawAnswer.From(await ExchangeAsync(Encoding.Latin1.GetBytes(text)));

    /// <summary>Sends bytes as they are and reads until the server ends the connection.</summary>
    internal async Task<string> ExchangeAsync(byte[] bytes, bool thenEndSending = false)
    {
        using var patience = new CancellationTokenSource(ServerProcess.Patience);
        using var client = new TcpClient(new IPEndPoint(peer ?? IPAddress.Loopback, 0));
        await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(bytes, patience.Token);
        if (thenEndSending)
        {
            client.Client.Shutdown(SocketShutdown.Send);
        }

        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, patience.Token);
        }
        catch (IOException)
        {
            // Ended the hard way, as a server may when it is sent nonsense: what came before is the answer.
        }

        return Encoding.Latin1.GetString(received.ToArray());
    }
}

/// <summary>An answer as bytes.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    internal static RawAnswer From(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"No answer: '{text}'");
        var status = int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(status < 500, text);
        return new RawAnswer(status, text[..end], text[(end + 4)..]);
    }

    /// <summary>The texts of a body that came in chunks, joined.</summary>
    internal string Text =>
        Head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)
            ? string.Concat(Body.Split("\r\n").Where((_, index) => index % 2 == 1))
            : Body;
}
