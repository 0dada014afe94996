namespace TimeTagger.Api.Policy;

/// <summary>Where the API lies.</summary>
internal static class ApiPaths
{
    /// <summary>The prefix of the public API, the same as browsers and other clients see it.</summary>
    internal const string V2 = "/api/v2";
}
