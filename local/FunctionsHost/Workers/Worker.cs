using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using TimeTagger.FunctionsHost.Invocations;
using TimeTagger.FunctionsHost.Logs;
using TimeTagger.FunctionsHost.Rpc;
using TimeTagger.FunctionsHost.Rpc.Messages;

namespace TimeTagger.FunctionsHost.Workers;

/// <summary>A worker that takes calls, until its process ends.</summary>
internal sealed class Worker : IAsyncDisposable
{
    /// <summary>How long a worker has to end after it was asked to, as the host gives it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly WorkerProcess _process;
    private readonly WorkerStream _stream;
    private readonly Introduction _introduction;
    private readonly FunctionLogs _logs;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Call> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids;

    public Worker(
        WorkerProcess process,
        WorkerStream stream,
        Introduction introduction,
        FunctionLogs logs,
        TimeProvider time
    )
    {
        (_process, _stream, _introduction, _logs, _time) = (process, stream, introduction, logs, time);
        _ids = introduction.Functions.ToDictionary(each => each.Name, each => each.FunctionId, StringComparer.Ordinal);
        _ = ListenAsync();
        _ = FailCallsAtTheEndAsync();
    }

    /// <summary>Its functions, as it reports them.</summary>
    public IReadOnlyList<RpcFunctionMetadata> Functions => _introduction.Functions;

    /// <summary>Where it takes HTTP calls; null where it takes none.</summary>
    public Uri? Address => _introduction.Capabilities.TryGetValue("HttpUri", out var address) ? new Uri(address) : null;

    /// <summary>The exit code of its process.</summary>
    public Task<int> Exited => _process.Exited;

    /// <summary>Calls a function.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="request">What it is told; its id is filled in.</param>
    /// <param name="meanwhile">Begins what goes beside the call, such as an HTTP request; is given the end of the call.</param>
    /// <returns>Completes when the function has succeeded.</returns>
    /// <exception cref="InvocationException">It failed, or was cancelled, or the worker ended.</exception>
    public async Task CallAsync(string function, InvocationRequest request, Action<Task>? meanwhile)
    {
        request.FunctionId = _ids.GetValueOrDefault(function) ?? throw new InvocationException("it is gone");
        if (_introduction.LoadErrors.TryGetValue(request.FunctionId, out var error))
        {
            throw new InvocationException($"it could not be loaded: {error}");
        }

        var call = new Call(function);
        _calls[request.InvocationId] = call;
        try
        {
            if (Exited.IsCompleted)
            {
                call.Result.TrySetException(Gone());
            }

            meanwhile?.Invoke(call.Result.Task);
            _stream.Send(new StreamingMessage { InvocationRequest = request });
            await call.Result.Task;
        }
        finally
        {
            _calls.TryRemove(request.InvocationId, out _);
        }
    }

    /// <summary>Asks the worker to give a call up; it may or may not.</summary>
    public void Cancel(string invocation)
    {
        if (_introduction.Capabilities.ContainsKey("HandlesInvocationCancelMessage"))
        {
            var cancel = new InvocationCancel { InvocationId = invocation };
            _stream.Send(new StreamingMessage { InvocationCancel = cancel });
        }
    }

    /// <summary>Waits until no call runs, with a limit.</summary>
    public async Task DrainAsync(TimeSpan limit)
    {
        var running = Task.WhenAll(_calls.Values.Select(call => call.Result.Task));
        await Task.WhenAny(running, Task.Delay(limit, _time));
    }

    /// <summary>Asks the worker to end, and kills it where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_introduction.Capabilities.ContainsKey("HandlesWorkerTerminateMessage"))
        {
            var terminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(Grace) };
            _stream.Send(new StreamingMessage { WorkerTerminate = terminate });
            await Task.WhenAny(Exited, Task.Delay(Grace, _time));
        }

        await _process.DisposeAsync();
        _stream.Sent.TryComplete();
    }

    private async Task ListenAsync()
    {
        await foreach (var message in _stream.Received.ReadAllAsync())
        {
            switch (message.ContentCase)
            {
                case StreamingMessage.ContentOneofCase.RpcLog when !_introduction.SendsItsLogs:
                    var line = message.RpcLog;
                    _logs.Worker(line, _calls.GetValueOrDefault(line.InvocationId)?.Function);
                    break;
                case StreamingMessage.ContentOneofCase.InvocationResponse:
                    Answer(message.InvocationResponse);
                    break;
            }
        }
    }

    private void Answer(InvocationResponse response)
    {
        if (!_calls.TryGetValue(response.InvocationId, out var call))
        {
            return;
        }

        switch (response.Result?.Status)
        {
            case StatusResult.Types.Status.Success:
                call.Result.TrySetResult();
                break;
            case StatusResult.Types.Status.Cancelled:
                call.Result.TrySetException(new InvocationException("it was cancelled"));
                break;
            default:
                var thrown = response.Result?.Exception?.Message;
                call.Result.TrySetException(
                    new InvocationException(string.IsNullOrEmpty(thrown) ? "it does not say why" : thrown)
                );
                break;
        }
    }

    private async Task FailCallsAtTheEndAsync()
    {
        await Exited;
        foreach (var call in _calls.Values)
        {
            call.Result.TrySetException(Gone());
        }
    }

    private InvocationException Gone() => new($"the worker ended (exit code {Exited.Result})");

    private sealed record Call(string Function)
    {
        public TaskCompletionSource Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
