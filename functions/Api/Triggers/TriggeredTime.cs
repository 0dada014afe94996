namespace TimeTagger.Api.Triggers;

/// <summary>How long a function may take that nobody calls.</summary>
internal static class TriggeredTime
{
    /// <summary>Below what host.json lets a function take, for the host kills the process that takes longer.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);
}
