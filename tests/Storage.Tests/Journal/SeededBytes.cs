using System.Security.Cryptography;

namespace TimeTagger.Storage.Tests.Journal;

/// <summary>Random bytes that are the same for the same seed.</summary>
internal sealed class SeededBytes(int seed) : RandomNumberGenerator
{
    private readonly Random _random = new(seed);

    public override void GetBytes(byte[] data) => _random.NextBytes(data);
}
