using System.Security.Cryptography;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Keys;

/// <summary>A key that tokens are signed with.</summary>
/// <param name="Kid">Its name, as tokens carry it.</param>
/// <param name="Secret">32 random bytes.</param>
public sealed record SigningKey(string Kid, byte[] Secret);

/// <summary>
/// The signing keys, in partition <c>keys</c> of table <c>system</c>; shared by all instances and read once per process.
/// The newest (largest name) signs, all of them verify.
/// </summary>
public sealed class SigningKeys(ITable system, TimeProvider clock, RandomNumberGenerator random) : IDisposable
{
    private const string Partition = "keys";
    private const string FirstKid = "k0001";
    private const int SecretBytes = 32;

    /// <summary>A token with an unknown key costs at most one read in this time.</summary>
    private static readonly TimeSpan ReloadInterval = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Loaded? _loaded;

    /// <summary>The key that signs new tokens; made if there is none yet.</summary>
    public async ValueTask<SigningKey> CurrentAsync(CancellationToken cancellation) =>
        (_loaded ?? await LoadAsync(null, cancellation)).Keys[^1];

    /// <summary>The key of that name, or null.</summary>
    public async ValueTask<SigningKey?> FindAsync(string kid, CancellationToken cancellation)
    {
        var loaded = _loaded ?? await LoadAsync(null, cancellation);
        if (Find(loaded, kid) is null && clock.GetElapsedTime(loaded.At) >= ReloadInterval)
        {
            loaded = await LoadAsync(loaded, cancellation);
        }

        return Find(loaded, kid);
    }

    /// <inheritdoc/>
    public void Dispose() => _loading.Dispose();

    private static SigningKey? Find(Loaded loaded, string kid) => loaded.Keys.Find(key => key.Kid == kid);

    private async Task<Loaded> LoadAsync(Loaded? stale, CancellationToken cancellation)
    {
        await _loading.WaitAsync(cancellation);
        try
        {
            if (_loaded is { } already && already != stale)
            {
                return already;
            }

            var keys = await ReadAsync(cancellation);
            if (keys.Count == 0)
            {
                // Taken already (409): another instance was faster, and its key counts.
                await system.InsertAsync(NewKey(), cancellation);
                keys = await ReadAsync(cancellation);
            }

            return _loaded = new Loaded(keys, clock.GetTimestamp());
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<List<SigningKey>> ReadAsync(CancellationToken cancellation)
    {
        var keys = new List<SigningKey>();
        await foreach (var row in system.RowsAsync(Partition, new RowRange("k", "k~"), cancellation))
        {
            var secret = row.Bytes("Secret") ?? throw new InvalidDataException($"Signing key {row.Key} has no secret.");
            keys.Add(new SigningKey(row.Key, secret));
        }

        return keys;
    }

    private Row NewKey()
    {
        var secret = new byte[SecretBytes];
        random.GetBytes(secret);
        return new Row(
            Partition,
            FirstKid,
            new Dictionary<string, object>(StringComparer.Ordinal) { ["Secret"] = secret }
        );
    }

    private sealed record Loaded(List<SigningKey> Keys, long At);
}
