using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using TimeTagger.FunctionsHost.Rpc.Messages;

namespace TimeTagger.FunctionsHost.Rpc;

/// <summary>Takes the streams of workers and hands each to whoever started the worker.</summary>
internal sealed class WorkerStreams : FunctionRpc.FunctionRpcBase
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerStream>> _expected = new(
        StringComparer.Ordinal
    );

    /// <summary>The stream of a worker that is about to start, once it has called.</summary>
    public Task<WorkerStream> Expect(string workerId) =>
        _expected.GetOrAdd(workerId, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Nobody waits for a worker any more.</summary>
    public void Forget(string workerId) => _expected.TryRemove(workerId, out _);

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context
    )
    {
        if (
            !await requestStream.MoveNext(context.CancellationToken)
            || requestStream.Current.StartStream is not { } start
            || !_expected.TryRemove(start.WorkerId, out var expected)
        )
        {
            throw new Grpc.Core.RpcException(
                new Status(StatusCode.InvalidArgument, "This worker was not started here.")
            );
        }

        var (received, sent) = (NewChannel(), NewChannel());
        expected.TrySetResult(new WorkerStream(received.Reader, sent.Writer));
        var reading = ReadAsync(requestStream, received.Writer, context.CancellationToken);
        var writing = WriteAsync(sent.Reader, responseStream, context.CancellationToken);
        await Task.WhenAny(reading, writing);
        received.Writer.TryComplete();
    }

    private static Channel<StreamingMessage> NewChannel() =>
        Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });

    private static async Task ReadAsync(
        IAsyncStreamReader<StreamingMessage> from,
        ChannelWriter<StreamingMessage> to,
        CancellationToken cancellation
    )
    {
        await foreach (var message in from.ReadAllAsync(cancellation))
        {
            to.TryWrite(message);
        }
    }

    private static async Task WriteAsync(
        ChannelReader<StreamingMessage> from,
        IServerStreamWriter<StreamingMessage> to,
        CancellationToken cancellation
    )
    {
        await foreach (var message in from.ReadAllAsync(cancellation))
        {
            await to.WriteAsync(message, cancellation);
        }
    }
}

/// <summary>The one stream between the host and a worker.</summary>
/// <param name="Received">What the worker says; ends with the stream.</param>
/// <param name="Sent">What is to be said to it.</param>
internal sealed record WorkerStream(ChannelReader<StreamingMessage> Received, ChannelWriter<StreamingMessage> Sent)
{
    /// <summary>Says something to the worker; it is lost where the stream has ended.</summary>
    public void Send(StreamingMessage message) => Sent.TryWrite(message);
}
