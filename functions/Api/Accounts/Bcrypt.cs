using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace TimeTagger.Api.Accounts;

/// <summary>
/// Checks passwords against bcrypt hashes with the system's libcrypt (docs/adr/0005-bcrypt.md). Only one machine
/// needs it: in Azure nobody signs in with a password.
/// </summary>
internal static partial class Bcrypt
{
    // The size of libxcrypt's struct crypt_data.
    private const int WorkBytes = 32768;
    private const string Probe = "$2b$04$abcdefghijklmnopqrstuuBqJBFW9jqqTcVDwLnmLQ7OWlrWyfnIS";

    /// <summary>Whether this machine can check passwords at all.</summary>
    internal static bool IsAvailable()
    {
        try
        {
            return Hash("probe"u8, Encoding.ASCII.GetBytes(Probe)) is not null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>The cost of a hash: the logarithm of how much work it is.</summary>
    internal static int CostOf(string hash) => int.Parse(hash.AsSpan(4, 2), CultureInfo.InvariantCulture);

    /// <summary>A hash of the same form that nothing matches, with another cost.</summary>
    internal static string WithCost(string hash, int cost) =>
        string.Create(CultureInfo.InvariantCulture, $"{hash.AsSpan(0, 4)}{cost:D2}{hash.AsSpan(6)}");

    /// <summary>Whether the hash is that of the password. Bcrypt looks at its first 72 bytes.</summary>
    internal static bool Verify(string password, string hash)
    {
        // libcrypt ends a password at NUL, so one with a NUL in it would match its beginning.
        var isSound = password.Length > 0 && !password.Contains('\0', StringComparison.Ordinal);
        var computed = Hash(Encoding.UTF8.GetBytes(isSound ? password : "-"), Encoding.ASCII.GetBytes(hash));
        return computed is not null
            && CryptographicOperations.FixedTimeEquals(computed, Encoding.ASCII.GetBytes(hash))
            && isSound;
    }

    private static byte[]? Hash(ReadOnlySpan<byte> password, byte[] setting)
    {
        var result = CryptRn([.. password, 0], [.. setting, 0], new byte[WorkBytes], WorkBytes);
        return result == 0 ? null : Encoding.ASCII.GetBytes(Marshal.PtrToStringUTF8(result) ?? "");
    }

    [LibraryImport("libcrypt.so.1", EntryPoint = "crypt_rn")]
    private static partial nint CryptRn(byte[] phrase, byte[] setting, byte[] data, int size);
}
