namespace TimeTagger.Api.Policy;

/// <summary>Signs that somebody stands between the caller and us. Anybody can write them, so they are never more than that.</summary>
internal static class ForwardingHeaders
{
    /// <summary>Whether a call shows one: then its peer is not who calls.</summary>
    internal static bool In(HttpRequest request) => request.Headers.Keys.Any(IsOne);

    private static bool IsOne(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || header.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Via", StringComparison.OrdinalIgnoreCase);
}
