using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TimeTagger.Api;

namespace TimeTagger.Local;

/// <summary>
/// The addresses that the API has where people run the original server themselves: below <c>/timetagger</c>, as the clients
/// they have are configured.
/// </summary>
internal static class OriginalAddresses
{
    private const string Prefix = "/timetagger";

    /// <summary>Lets a call to such an address be one to ours; any other stays as it is.</summary>
    internal static void Resolve(HttpContext context)
    {
        var request = context.Request;
        if (
            !request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var rest)
            || !TimeTaggerApi.Owns(rest)
        )
        {
            return;
        }

        request.Path = rest;
        // The API reads the target as it was sent.
        var sent = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        if (sent.RawTarget.StartsWith(Prefix + "/", StringComparison.Ordinal))
        {
            sent.RawTarget = sent.RawTarget[Prefix.Length..];
        }
    }
}
