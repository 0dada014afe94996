using System.Globalization;

namespace TimeTagger.Storage.Embedded;

/// <summary>Numbers that are given out once in the life of a file.</summary>
internal static class Counter
{
    /// <summary>The next number as text, taken inside the caller's transaction.</summary>
    public static string NextText(Session session) =>
        session
            .Scalar<long>("UPDATE counter SET value = value + 1 RETURNING value")
            .ToString(CultureInfo.InvariantCulture);
}
