namespace TimeTagger.Storage.Tests.Memory;

/// <summary>A storage call as a plan sees it.</summary>
/// <param name="Caller">Who calls: one name per instance of the product.</param>
/// <param name="Store">What it calls: <c>journal</c>, <c>system</c>, <c>commits</c> or <c>maintenance</c>.</param>
/// <param name="Operation">The port's method without <c>Async</c>: <c>Query</c>, <c>Insert</c>, …</param>
/// <param name="Target">Partition and key, blob name or message.</param>
/// <param name="IsWrite">Whether it changes anything.</param>
internal sealed record StorageCall(string Caller, string Store, string Operation, string Target, bool IsWrite);

/// <summary>How a page of rows is shown.</summary>
/// <param name="Rows">The most rows it holds; 0 makes an empty page with a continuation.</param>
/// <param name="EndsLate">Whether the last page still has a continuation, and an empty page follows.</param>
internal readonly record struct PageShape(int Rows, bool EndsLate);

/// <summary>
/// What goes wrong, and when. <see cref="BeforeAsync"/> and <see cref="AfterAsync"/> stand around every storage call:
/// each may wait (a gate, a delay) and each may throw. Thrown before, the call did not happen; thrown after, it did
/// and its answer was lost.
/// </summary>
internal interface IFaultPlan
{
    /// <summary>Stands before the call.</summary>
    ValueTask BeforeAsync(StorageCall call, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Stands between what the call did and its answer.</summary>
    ValueTask AfterAsync(StorageCall call, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>The shape of the page that a query for <paramref name="top"/> rows gets.</summary>
    PageShape Page(StorageCall call, int top) => new(top, EndsLate: false);

    /// <summary>How far the storage's clock is off in this answer.</summary>
    TimeSpan Skew(StorageCall call) => TimeSpan.Zero;
}
