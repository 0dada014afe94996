using System.IO.Hashing;

namespace TimeTagger.Storage.Azure;

/// <summary>
/// Azure.Storage.Common needs the assembly System.IO.Hashing, which comes from the SDK and not from a package
/// (Storage.csproj). Naming one of its types here makes it follow this assembly into every program that uses it.
/// </summary>
internal static class HashingReference
{
    /// <summary>A type of that assembly.</summary>
    public static Type Type => typeof(Crc64);
}
