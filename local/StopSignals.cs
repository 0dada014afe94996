using System.Runtime.InteropServices;

namespace TimeTagger.Local;

/// <summary>Turns Ctrl-C, <c>kill</c> and a closed terminal into one cancellation; stopping takes a few seconds at most.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop),
        ];

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Stops when standard input ends, too: whoever started this process is gone.</summary>
    public void StopWithStdin()
    {
        var watcher = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
                // Nothing is ever said on it; only its end matters.
            }

            _stopping.Cancel();
        })
        {
            IsBackground = true,
            Name = "standard input",
        };
        watcher.Start();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
        _stopping.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stopping.Cancel();
    }
}
