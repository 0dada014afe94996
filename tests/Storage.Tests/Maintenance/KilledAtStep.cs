using TimeTagger.Storage.Tests.Memory;

namespace TimeTagger.Storage.Tests.Maintenance;

/// <summary>A process that is killed at one of its storage calls: before it, or after it and before its answer.</summary>
/// <param name="step">Which call, from 0.</param>
/// <param name="after">Whether the call still happens.</param>
internal sealed class KilledAtStep(int step, bool after) : IFaultPlan
{
    private int _calls;

    /// <summary>Whether it got that far.</summary>
    internal bool IsKilled { get; private set; }

    /// <inheritdoc/>
    public ValueTask BeforeAsync(StorageCall call, CancellationToken cancellation)
    {
        KillIf(IsKilled || (_calls == step && !after));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask AfterAsync(StorageCall call, CancellationToken cancellation)
    {
        KillIf(_calls++ == step && after);
        return ValueTask.CompletedTask;
    }

    private void KillIf(bool isTime)
    {
        if (isTime)
        {
            IsKilled = true;
            throw new KilledException();
        }
    }
}

/// <summary>Stands for the end of the process: nothing in the product may catch it.</summary>
internal sealed class KilledException() : Exception("Killed.");
