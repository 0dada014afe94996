using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>The latest snapshot of an account, as its head names it.</summary>
/// <param name="Number">The number of the last entry in it.</param>
/// <param name="St">The server time of that entry: whoever has a later cursor does not need the snapshot.</param>
/// <param name="Blob">Its name.</param>
/// <param name="PackedBytes">Its length as it is stored.</param>
/// <param name="ViewBytes">How many bytes of memory its view takes.</param>
public sealed record SnapshotMark(long Number, ServerTime St, string Blob, long PackedBytes, long ViewBytes)
{
    /// <summary>What the head says of it; null when there is none.</summary>
    /// <exception cref="NewerFormatException">A newer program wrote it.</exception>
    internal static SnapshotMark? From(Row head)
    {
        NewerFormatException.ThrowIfAbove(head.Integer("SnapFormat") ?? 1, ViewSnapshot.KnownFormat);
        return
            head.Text("SnapBlob") is { Length: > 0 } blob
            && head.Integer("SnapNumber") is { } number
            && head.Integer("SnapSt") is { } st
            && head.Integer("SnapBytes") is { } packed
            && head.Integer("SnapMemory") is { } memory
            ? new SnapshotMark(number, new ServerTime(st), blob, packed, memory)
            : null;
    }

    /// <summary>What the head says of it.</summary>
    internal Dictionary<string, object> ToColumns() =>
        new(StringComparer.Ordinal)
        {
            ["SnapFormat"] = (long)ViewSnapshot.KnownFormat,
            ["SnapNumber"] = Number,
            ["SnapSt"] = St.Steps,
            ["SnapBlob"] = Blob,
            ["SnapBytes"] = PackedBytes,
            ["SnapMemory"] = ViewBytes,
        };
}
