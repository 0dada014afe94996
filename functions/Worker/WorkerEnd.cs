using System.Runtime.InteropServices;

namespace TimeTagger.Worker;

/// <summary>
/// How the worker ends. The host takes exit code 0 for "never start me again", so it is for the host's own word alone: any
/// other end is 1.
/// </summary>
internal sealed class WorkerEnd : IDisposable
{
    private const int AsTheHostSaid = 0;
    private const int Otherwise = 1;

    private readonly PosixSignalRegistration[] _signals;
    private volatile string? _reason;

    internal WorkerEnd() =>
        _signals = [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        ];

    /// <summary>Why it ends, where the host did not say so.</summary>
    internal string? Reason => _reason;

    internal int ExitCode => _reason is null ? AsTheHostSaid : Otherwise;

    internal void Because(string reason) => _reason ??= reason;

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_signals, signal => signal.Dispose());

    // What the signal does is left to the application's lifetime.
    private void OnSignal(PosixSignalContext context) => Because($"Ended by {context.Signal}.");
}
