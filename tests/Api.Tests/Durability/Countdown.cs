namespace TimeTagger.Api.Tests.Durability;

/// <summary>Says when something has happened often enough; it may go on happening.</summary>
internal sealed class Countdown(int count)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = count;

    internal Task Reached => _reached.Task;

    internal void Signal()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _reached.SetResult();
        }
    }
}
