namespace TimeTagger.Api.Policy;

/// <summary>Why a call that a function got may have to end: its client went away, or the function's time is over.</summary>
/// <param name="Client">Ends when the client goes away.</param>
/// <param name="Function">Ends when the function's time is over: somebody still waits for an answer.</param>
internal sealed record FunctionTime(CancellationToken Client, CancellationToken Function);
