namespace TimeTagger.Benchmarks;

/// <summary>The middle of what was measured.</summary>
internal static class Median
{
    /// <summary>The value that half of them are below; not a number where there is none.</summary>
    internal static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[sorted.Count / 2];
    }
}
