namespace TimeTagger.Configuration;

/// <summary>Variables that look like settings and are none: misspelt perhaps, or of another version.</summary>
public static class UnknownVariables
{
    // Settings of the tests, which hand their environment down to what they start.
    private static readonly string[] OfTests = ["TIMETAGGER_CHROMIUM", "TIMETAGGER_PROOF_SCALE"];

    /// <summary>The names among these that begin as a setting's variable does and are not in the catalogue.</summary>
    /// <param name="names">The names of the environment's variables.</param>
    public static IReadOnlyList<string> In(IEnumerable<string> names) =>
        [
            .. names
                .Where(name => name.StartsWith(Catalogue.VariablePrefix, StringComparison.Ordinal))
                .Except(Catalogue.All.Select(setting => setting.Variable), StringComparer.Ordinal)
                .Except(OfTests, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
