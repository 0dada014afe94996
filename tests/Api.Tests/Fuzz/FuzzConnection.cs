using System.Net;
using System.Net.Sockets;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>A client that sends whatever it is given. It keeps its connection as long as nothing is wrong with it.</summary>
internal sealed class FuzzConnection(int port) : IDisposable
{
    // Without an answer after so long, the server is taken to wait for more than is to come.
    private static readonly TimeSpan OpenPatience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // The server waits five seconds for bytes before it measures their rate, and five for a body that nobody reads.
    private static readonly TimeSpan SilentPatience = TimeSpan.FromSeconds(20);

    private TcpClient? _client;
    private WireReader? _reader;

    /// <summary>Sends the request and reads what comes of it.</summary>
    /// <exception cref="TimeoutException">It was neither answered nor ended in time.</exception>
    internal async Task<IReadOnlyList<WireAnswer>> ExchangeAsync(FuzzRequest request)
    {
        var time = request.Ending == Ending.Silent ? SilentPatience : Patience;
        using var patience = new CancellationTokenSource(time);
        try
        {
            return request.Ending == Ending.Answered
                ? await AskAsync(request, patience.Token)
                : await AskOddlyAsync(request, patience.Token);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            Dispose();
            throw new TimeoutException($"Neither answered nor ended within {time.TotalSeconds} s.", e);
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        (_client, _reader) = (null, null);
    }

    private async Task<IReadOnlyList<WireAnswer>> AskAsync(FuzzRequest request, CancellationToken cancellation)
    {
        if (_client is null)
        {
            _client = await ConnectAsync(cancellation);
            _reader = new WireReader(_client.GetStream());
        }

        // Sending and reading at once: with many requests in a row, neither side could wait for the other.
        var sending = _client.GetStream().WriteAsync(Wire.Bytes(request.Text), cancellation);
        var answers = new List<WireAnswer>();
        var isLast = false;
        while (answers.Count < request.Requests && !isLast)
        {
            var answer =
                await _reader!.ReadAsync(request.IsHead, cancellation)
                ?? throw new EndOfStreamException("The connection ended without an answer.");
            answers.Add(answer);
            isLast = answer.EndsConnection;
        }

        if (isLast)
        {
            Dispose();
        }
        else
        {
            await sending;
        }

        return answers;
    }

    private async Task<IReadOnlyList<WireAnswer>> AskOddlyAsync(FuzzRequest request, CancellationToken cancellation)
    {
        using var client = await ConnectAsync(cancellation);
        var answers = new List<WireAnswer>();
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(Wire.Bytes(request.Text), cancellation);
            if (request.Ending == Ending.Reset)
            {
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                return answers;
            }

            if (request.Ending == Ending.Cut)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }

            await ReadToEndAsync(client.Client, new WireReader(stream), request, answers, cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Ended the hard way, as a server may when it is sent nonsense; what came before counts.
        }

        return answers;
    }

    private static async Task ReadToEndAsync(
        Socket socket,
        WireReader reader,
        FuzzRequest request,
        List<WireAnswer> answers,
        CancellationToken cancellation
    )
    {
        var next = reader.ReadAsync(request.IsHead, cancellation);
        if (request.Ending == Ending.Open)
        {
            await Task.WhenAny(next, Task.Delay(OpenPatience, cancellation));
            socket.Shutdown(SocketShutdown.Send);
        }

        while (await next is { } answer)
        {
            answers.Add(answer);
            next = reader.ReadAsync(isHead: false, cancellation);
        }
    }

    private async Task<TcpClient> ConnectAsync(CancellationToken cancellation)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
        return client;
    }
}
