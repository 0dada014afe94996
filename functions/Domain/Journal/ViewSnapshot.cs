using System.Text;
using TimeTagger.Domain.Columns;

namespace TimeTagger.Domain.Journal;

/// <summary>
/// A view as it was at one entry, to be written down so that nobody has to fold the journal from its first entry
/// again. It stays as it is while the view goes on.
/// </summary>
/// <param name="Version">The number of the entry.</param>
/// <param name="LastSt">Its server time.</param>
/// <param name="ResetSt">The server time of the last reset before it.</param>
/// <param name="ResetAt">The wall time of that reset.</param>
/// <param name="Records">Its records, in the order in which they were stored.</param>
/// <param name="Settings">Its settings, likewise.</param>
public sealed record ViewSnapshot(
    long Version,
    ServerTime LastSt,
    ServerTime ResetSt,
    ServerTime ResetAt,
    ItemSelection Records,
    ItemSelection Settings
)
{
    /// <summary>The newest form of snapshots that this program can read: the first byte of each.</summary>
    public const byte KnownFormat = 1;

    /// <summary>Writes it, not compressed.</summary>
    public void WriteTo(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(KnownFormat);
        writer.Write(Version);
        writer.Write(LastSt.Steps);
        writer.Write(ResetSt.Steps);
        writer.Write(ResetAt.Steps);
        ColumnCodec.Write(writer, Records);
        ColumnCodec.Write(writer, Settings);
    }

    /// <summary>The view that was written.</summary>
    /// <param name="stream">What was written.</param>
    /// <param name="most">How many bytes of memory its records, and its settings, may take at most.</param>
    /// <exception cref="InvalidDataException">What was written is damaged, or of a form that is not known.</exception>
    public static AccountView Read(Stream stream, long most)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadByte() != KnownFormat)
            {
                throw new InvalidDataException("The snapshot is of a form that this program does not know.");
            }

            return new AccountView(
                version: reader.ReadInt64(),
                lastSt: new ServerTime(reader.ReadInt64()),
                resetSt: new ServerTime(reader.ReadInt64()),
                resetAt: new ServerTime(reader.ReadInt64()),
                records: new ItemTable(ItemKind.Record, ColumnCodec.Read(reader, most)),
                settings: new ItemTable(ItemKind.Setting, ColumnCodec.Read(reader, most))
            );
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("The snapshot is damaged.", e);
        }
    }
}
