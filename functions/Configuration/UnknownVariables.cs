namespace TimeTagger.Configuration;

/// <summary>Variables that look like settings and are none: misspelt perhaps, or of another version.</summary>
public static class UnknownVariables
{
    // Settings of the tests, which hand their environment down to what they start.
    private static readonly string[] OfTests = ["TIMETAGGER_CHROMIUM", "TIMETAGGER_PROOF_SCALE"];

    // Values of a deployment, for the program that builds the site: static-web/SiteBuilder/Deployment.
    private static readonly string[] OfTheSite =
    [
        "TIMETAGGER_SITE_API_ORIGIN",
        "TIMETAGGER_SITE_AUTHORITY",
        "TIMETAGGER_SITE_CLIENT_ID",
    ];

    /// <summary>The names among these that begin as a setting's variable does and are not in the catalogue.</summary>
    /// <param name="names">The names of the environment's variables.</param>
    public static IReadOnlyList<string> In(IEnumerable<string> names) =>
        [
            .. names
                .Where(name => name.StartsWith(Catalogue.VariablePrefix, StringComparison.Ordinal))
                .Except(Catalogue.All.Select(setting => setting.Variable), StringComparer.Ordinal)
                .Except(OfTests, StringComparer.Ordinal)
                .Except(OfTheSite, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
