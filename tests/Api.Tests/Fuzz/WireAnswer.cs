using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>An answer as it came over the wire.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Headers">Its header lines.</param>
/// <param name="Body">Its body, out of its chunks and its encoding.</param>
internal sealed record WireAnswer(int Status, IReadOnlyList<string> Headers, byte[] Body)
{
    internal string Text => Encoding.UTF8.GetString(Body);

    internal bool EndsConnection => Header("Connection") == "close";

    /// <summary>A header, or null.</summary>
    internal string? Header(string name) =>
        Headers
            .FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))
            ?[(name.Length + 1)..].Trim();
}

/// <summary>Reads answers off a connection, strictly: an answer that breaks off is none.</summary>
internal sealed class WireReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[32 * 1024];
    private int _at;
    private int _end;

    /// <summary>The next answer, or null when the connection ends before it begins.</summary>
    /// <exception cref="EndOfStreamException">It ends within the answer.</exception>
    internal async Task<WireAnswer?> ReadAsync(bool isHead, CancellationToken cancellation)
    {
        while (await HasMoreAsync(cancellation))
        {
            var status = await LineAsync(cancellation);
            Assert.StartsWith("HTTP/1.1 ", status, StringComparison.Ordinal);
            var headers = new List<string>();
            while (await LineAsync(cancellation) is { Length: > 0 } line)
            {
                headers.Add(line);
            }

            var answer = new WireAnswer(int.Parse(status.AsSpan(9, 3), CultureInfo.InvariantCulture), headers, []);
            if (answer.Status >= 200) // Else it only says that the answer will come.
            {
                return isHead || answer.Status == 304
                    ? answer
                    : answer with
                    {
                        Body = Decoded(answer, await BodyAsync(answer, cancellation)),
                    };
            }
        }

        return null;
    }

    private static byte[] Decoded(WireAnswer answer, byte[] body)
    {
        using var packed = new MemoryStream(body);
        using Stream? plain = answer.Header("Content-Encoding") switch
        {
            null => null,
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            var other => throw new InvalidDataException($"The answer is encoded as '{other}'."),
        };
        if (plain is null)
        {
            return body;
        }

        using var decoded = new MemoryStream();
        plain.CopyTo(decoded);
        return decoded.ToArray();
    }

    private async Task<byte[]> BodyAsync(WireAnswer answer, CancellationToken cancellation)
    {
        if (answer.Header("Content-Length") is { } length)
        {
            return await BytesAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellation);
        }

        Assert.Equal("chunked", answer.Header("Transfer-Encoding"));
        using var body = new MemoryStream();
        while (true)
        {
            var size = int.Parse(await LineAsync(cancellation), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await BytesAsync(size, cancellation));
            Assert.Equal("", await LineAsync(cancellation));
            if (size == 0)
            {
                return body.ToArray();
            }
        }
    }

    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        do
        {
            line.Append((char)await ByteAsync(cancellation));
        } while (line[^1] != '\n');

        Assert.True(line.Length > 1 && line[^2] == '\r', "A line of an answer ends without CR.");
        return line.ToString(0, line.Length - 2);
    }

    private async Task<byte[]> BytesAsync(int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count; )
        {
            await NeedMoreAsync(cancellation);
            var length = Math.Min(count - done, _end - _at);
            _buffer.AsSpan(_at, length).CopyTo(bytes.AsSpan(done));
            (_at, done) = (_at + length, done + length);
        }

        return bytes;
    }

    private async ValueTask<byte> ByteAsync(CancellationToken cancellation)
    {
        await NeedMoreAsync(cancellation);
        return _buffer[_at++];
    }

    private async ValueTask NeedMoreAsync(CancellationToken cancellation)
    {
        if (!await HasMoreAsync(cancellation))
        {
            throw new EndOfStreamException("The connection ended within an answer.");
        }
    }

    private async ValueTask<bool> HasMoreAsync(CancellationToken cancellation)
    {
        if (_at == _end)
        {
            (_at, _end) = (0, await stream.ReadAsync(_buffer, cancellation));
        }

        return _at < _end;
    }
}
