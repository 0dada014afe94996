using System.Buffers.Binary;
using System.Text;

namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>The fields of a message of protocol buffers, by their numbers.</summary>
internal sealed class ProtobufFields
{
    private readonly List<(int Number, ulong Value, byte[] Bytes)> _fields = [];

    internal static ProtobufFields Of(ReadOnlySpan<byte> message)
    {
        var fields = new ProtobufFields();
        while (!message.IsEmpty)
        {
            var key = Varint(ref message);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields._fields.Add((number, Varint(ref message), []));
                    break;
                case 1:
                    fields._fields.Add((number, BinaryPrimitives.ReadUInt64LittleEndian(message), []));
                    message = message[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    fields._fields.Add((number, 0, message[..length].ToArray()));
                    message = message[length..];
                    break;
                case 5:
                    fields._fields.Add((number, BinaryPrimitives.ReadUInt32LittleEndian(message), []));
                    message = message[4..];
                    break;
                default:
                    throw new FormatException("That is no message of protocol buffers.");
            }
        }

        return fields;
    }

    internal IEnumerable<ProtobufFields> Messages(int number) =>
        _fields.Where(field => field.Number == number).Select(field => Of(field.Bytes));

    internal byte[] Bytes(int number) => _fields.Find(field => field.Number == number).Bytes ?? [];

    internal string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    internal ulong Number(int number) => _fields.Find(field => field.Number == number).Value;

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[0];
            message = message[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
