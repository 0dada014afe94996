namespace TimeTagger.Storage.Azure;

/// <summary>The table, container or queue that a call goes to.</summary>
/// <param name="Name">As a person would say it: "table journal".</param>
/// <param name="MissingCode">The service's error code when it is not there.</param>
/// <param name="CreateAsync">Makes it unless it is there; null when that is not ours to do.</param>
internal sealed record StorageTarget(string Name, string MissingCode, Func<CancellationToken, Task>? CreateAsync)
{
    /// <summary><see cref="CreateAsync"/> as a try of a call.</summary>
    public async Task<bool> Created(CancellationToken cancellation)
    {
        await CreateAsync!(cancellation);
        return true;
    }
}
