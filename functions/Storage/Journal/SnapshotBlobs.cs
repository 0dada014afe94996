using System.Globalization;
using System.IO.Compression;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>Snapshots as blobs <c>snapshots/&lt;account&gt;/&lt;number&gt;-&lt;random&gt;</c>: their columns, compressed with Brotli.</summary>
internal sealed class SnapshotBlobs(IBlobs blobs)
{
    private const int BufferBytes = 64 * 1024;

    // Fast, and most of what there is to gain: times and texts of neighbours are alike.
    private static readonly BrotliCompressionOptions Compression = new() { Quality = 4 };

    /// <summary>How the names of an account's snapshots begin.</summary>
    internal static string Prefix(AccountKey account) => $"snapshots/{account.Value}/";

    /// <summary>The number of the last entry in a snapshot; null when its name does not say.</summary>
    internal static long? NumberOf(string name)
    {
        var last = name.AsSpan(name.LastIndexOf('/') + 1);
        var dash = last.IndexOf('-');
        return dash > 0 && long.TryParse(last[..dash], CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Stores a snapshot under a name that nobody else uses.</summary>
    /// <exception cref="MemoryFullException">There is no memory to pack it in.</exception>
    internal async Task<SnapshotMark> WriteAsync(
        AccountKey account,
        ViewSnapshot snapshot,
        long viewBytes,
        string unique,
        MemoryBudget budget,
        CancellationToken cancellation
    )
    {
        // Packed twice: the first time only tells how much memory it takes, so that no more is asked for.
        using var length = new LengthStream();
        Pack(snapshot, length);
        using var memory = await budget.ReserveAsync(length.Length + RowsBytes(snapshot), cancellation);
        var packed = new byte[length.Length];
        Pack(snapshot, new MemoryStream(packed));
        var name = $"{Prefix(account)}{snapshot.Version.ToString("D12", CultureInfo.InvariantCulture)}-{unique}";
        await blobs.PutAsync(name, packed, cancellation);
        return new SnapshotMark(snapshot.Version, snapshot.LastSt, name, packed.Length, viewBytes);
    }

    private static void Pack(ViewSnapshot snapshot, Stream packed)
    {
        using var brotli = new BrotliStream(packed, Compression, leaveOpen: true);
        using var buffer = new BufferedStream(brotli, BufferBytes);
        snapshot.WriteTo(buffer);
    }

    // Which rows of the view it has: all else it shares with the view.
    private static long RowsBytes(ViewSnapshot snapshot) =>
        sizeof(int) * ((long)snapshot.Records.Count + snapshot.Settings.Count);

    /// <summary>The view in a snapshot. Its memory is reserved in one step before it is read.</summary>
    /// <exception cref="EntryGoneException">It is not there.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    internal async Task<AccountView> ReadAsync(
        SnapshotMark mark,
        MemoryReservation memory,
        CancellationToken cancellation
    )
    {
        await memory.GrowAsync(mark.PackedBytes + mark.ViewBytes, cancellation);
        return await ReadAsync(mark, cancellation);
    }

    /// <summary>The view in a snapshot, for tools that keep no account of memory.</summary>
    internal async Task<AccountView> ReadAsync(SnapshotMark mark, CancellationToken cancellation)
    {
        var packed =
            await blobs.GetAsync(mark.Blob, cancellation)
            ?? throw new EntryGoneException($"The snapshot of entry {mark.Number} is not there.");
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var buffer = new BufferedStream(brotli, BufferBytes);
            var view = ViewSnapshot.Read(buffer, mark.ViewBytes);
            return view.Version == mark.Number && view.LastSt == mark.St
                ? view
                : throw new InvalidDataException(
                    $"The snapshot of entry {mark.Number} is not the one that the head names."
                );
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"The snapshot of entry {mark.Number} is damaged.", e);
        }
    }
}
