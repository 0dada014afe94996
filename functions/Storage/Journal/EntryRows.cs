using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>
/// Entries as rows. The items are Brotli-compressed JSON in binary properties <c>D0, D1, …</c> of at most 60 KiB;
/// above 900 KiB they lie in a blob <c>commits/&lt;account&gt;/&lt;commit id&gt;</c> that is written first, so that inserting the row
/// stays the one moment of commit.
/// </summary>
internal sealed class EntryRows(IBlobs blobs)
{
    // What stands in a row's kind when it is no entry any more.
    private const long Emptied = 3;

    private const int ChunkBytes = 60 * 1024;
    private const int BrotliQuality = 4;
    private const int BrotliWindow = 22;

    // The JSON, what reading it takes, and the items that come out of it.
    private const int Expansion = 4;

    /// <summary>The entry as a row; stores its blob when its items take more than <paramref name="rowBytes"/>.</summary>
    internal async Task<Row> WriteAsync(AccountKey account, Entry entry, int rowBytes, CancellationToken cancellation)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Format"] = AccountHead.KnownFormat,
            ["Kind"] = (long)entry.Kind,
            ["St"] = entry.St.Steps,
            ["At"] = entry.At.Steps,
            ["Commit"] = entry.CommitId,
            ["Writer"] = entry.Writer,
        };
        if (entry.Changes.Count > 0)
        {
            var json = ChangesJson.Write(entry.Changes);
            var packed = Compress(json);
            properties["JsonBytes"] = (long)json.Length;
            if (packed.Length > rowBytes)
            {
                // A try that lost its number to another writer merges again: each try has a blob of its own.
                var name = BlobName(account, entry);
                await blobs.PutAsync(name, packed, cancellation);
                properties["Blob"] = name;
            }
            else
            {
                for (var at = 0; at < packed.Length; at += ChunkBytes)
                {
                    properties[Chunk(at / ChunkBytes)] = packed[at..Math.Min(packed.Length, at + ChunkBytes)];
                }
            }
        }

        return new Row(account.Value, JournalKeys.Entry(entry.Number), properties);
    }

    /// <summary>How the names of an account's blobs begin.</summary>
    internal static string BlobPrefix(AccountKey account) => $"commits/{account.Value}/";

    /// <summary>The number of the entry that a blob was written for; null when its name does not say.</summary>
    internal static long? NumberOfBlob(string name) =>
        long.TryParse(name.AsSpan(name.LastIndexOf('-') + 1), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The server time of an entry's row, without unpacking its items.</summary>
    /// <exception cref="NewerFormatException">A newer program wrote it.</exception>
    internal static ServerTime St(Row row)
    {
        ThrowIfNewer(row);
        return new ServerTime(Required(row.Integer("St"), row));
    }

    /// <summary>
    /// What empties an entry's row for good: nobody can read it any more, but its number stays taken, so that a writer
    /// who is late learns of it.
    /// </summary>
    internal static Row Emptying(Row row)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["Kind"] = Emptied, ["Blob"] = "" };
        foreach (
            var name in row.Properties.Where(property => property.Value is byte[]).Select(property => property.Key)
        )
        {
            properties[name] = new byte[1];
        }

        return new Row(row.Partition, row.Key, properties);
    }

    /// <summary>Whether it is what is left of a life of the account that has ended.</summary>
    internal static bool IsOfEndedLife(Row row) => IsClosing(row) || row.Integer("Kind") == Emptied;

    /// <summary>Whether an entry's row closed the account.</summary>
    internal static bool IsClosing(Row row) => row.Integer("Kind") == (long)EntryKind.Closing;

    /// <summary>The wall time of an entry's row.</summary>
    /// <exception cref="NewerFormatException">A newer program wrote it.</exception>
    internal static ServerTime At(Row row)
    {
        ThrowIfNewer(row);
        return new ServerTime(Required(row.Integer("At"), row));
    }

    /// <summary>About how many bytes of memory unpacking an entry takes for a moment: its JSON, and its items.</summary>
    internal static long Weight(Row row) => RowRules.SizeOf(row) + (Expansion * (row.Integer("JsonBytes") ?? 0));

    /// <summary>The entry in a row.</summary>
    /// <exception cref="NewerFormatException">A newer program wrote it.</exception>
    /// <exception cref="EntryGoneException">It has been erased, or its blob has.</exception>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    internal async Task<Entry> ReadAsync(Row row, CancellationToken cancellation)
    {
        var st = St(row);
        if (row.Integer("Kind") == Emptied)
        {
            throw new EntryGoneException($"{Place(row)} has been erased.");
        }

        return new Entry(
            JournalKeys.NumberOf(row.Key) ?? throw Damaged(row),
            (EntryKind)Required(row.Integer("Kind"), row),
            st,
            new ServerTime(Required(row.Integer("At"), row)),
            row.Text("Commit") ?? throw Damaged(row),
            row.Text("Writer") ?? "",
            await ReadChangesAsync(row, cancellation)
        );
    }

    // How Brotli, the JSON reader and a missing field say that bytes are not what we wrote.
    private static bool IsDamage(Exception e) =>
        e is InvalidOperationException or JsonException or KeyNotFoundException or FormatException;

    private async Task<IReadOnlyList<Change>> ReadChangesAsync(Row row, CancellationToken cancellation)
    {
        if (row.Text("Blob") is { } name)
        {
            var blob = await blobs.GetAsync(name, cancellation);
            return blob is null
                ? throw new EntryGoneException($"{Place(row)} names the blob {LastPartOf(name)}, which is not there.")
                : Unpack(new MemoryStream(blob), row);
        }

        var packed = new MemoryStream();
        for (var index = 0; row.Bytes(Chunk(index)) is { } chunk; index++)
        {
            packed.Write(chunk);
        }

        packed.Position = 0;
        return packed.Length == 0 ? [] : Unpack(packed, row);
    }

    private static IReadOnlyList<Change> Unpack(Stream packed, Row row)
    {
        try
        {
            using var json = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionMode.Decompress))
            {
                brotli.CopyTo(json);
            }

            return ChangesJson.Read(json.GetBuffer().AsMemory(0, (int)json.Length));
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(row, e);
        }
    }

    private static void ThrowIfNewer(Row row) =>
        NewerFormatException.ThrowIfAbove(row.Integer("Format") ?? 1, AccountHead.KnownFormat);

    private static byte[] Compress(byte[] json)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length)];
        return BrotliEncoder.TryCompress(json, packed, out var length, BrotliQuality, BrotliWindow)
            ? packed[..length]
            : throw new InvalidOperationException("Brotli needs more room than it promised.");
    }

    private static string BlobName(AccountKey account, Entry entry) =>
        BlobPrefix(account) + entry.CommitId + "-" + entry.Number.ToString(CultureInfo.InvariantCulture);

    private static string Chunk(int index) => "D" + index.ToString(CultureInfo.InvariantCulture);

    private static long Required(long? value, Row row) => value ?? throw Damaged(row);

    private static InvalidDataException Damaged(Row row, Exception? cause = null) =>
        new($"{Place(row)} is damaged.", cause);

    private static string Place(Row row) =>
        $"The journal entry at {row.Key} of account {AccountKey.MarkOf(row.Partition)}";

    // Without the account: it may be a person's name, and this gets into logs.
    private static string LastPartOf(string blob) => blob[(blob.LastIndexOf('/') + 1)..];
}
