using System.Globalization;

namespace TimeTagger.Tests;

/// <summary>
/// How large the long proofs are: <c>TIMETAGGER_PROOF_SCALE</c>, a factor, 1 where it is not set. A full run uses 50.
/// </summary>
internal static class ProofScale
{
    /// <summary>A size that is <paramref name="small"/> in an ordinary run.</summary>
    internal static int Times(int small) =>
        small
        * int.Parse(
            Environment.GetEnvironmentVariable("TIMETAGGER_PROOF_SCALE") ?? "1",
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );
}
