namespace TimeTagger.Storage.Tests.Journal.Model;

/// <summary>What happened in runs of the model.</summary>
/// <param name="Acknowledged">Commits that were acknowledged.</param>
/// <param name="Unknown">Commits whose end the client was not told.</param>
/// <param name="Crashes">Instances that were killed.</param>
/// <param name="Snapshots">Snapshots that were put in force.</param>
/// <param name="Trimmed">Entries whose time was over and that were deleted.</param>
/// <param name="Erased">Lives that were ended.</param>
internal sealed record ModelCounts(int Acknowledged, int Unknown, int Crashes, int Snapshots, int Trimmed, int Erased)
{
    internal static readonly ModelCounts None = new(0, 0, 0, 0, 0, 0);

    public static ModelCounts operator +(ModelCounts a, ModelCounts b) =>
        new(
            a.Acknowledged + b.Acknowledged,
            a.Unknown + b.Unknown,
            a.Crashes + b.Crashes,
            a.Snapshots + b.Snapshots,
            a.Trimmed + b.Trimmed,
            a.Erased + b.Erased
        );
}
