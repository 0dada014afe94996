using System.Net;

namespace TimeTagger.Api.Accounts;

/// <summary>
/// A reverse proxy that signs people in and says in a header who calls. On one machine only: behind a Functions host
/// nobody can tell where a call came from, so there is none.
/// </summary>
/// <param name="Trusted">The addresses of such proxies. From anywhere else the header is anybody's claim.</param>
/// <param name="Header">The name of the header with the user's name.</param>
internal sealed record ProxyAuth(IReadOnlyList<IPNetwork> Trusted, string Header)
{
    /// <summary>Whether a trusted proxy is who called: the peer itself, for all else is anybody's claim.</summary>
    internal bool IsFromTrusted(HttpContext context)
    {
        var peer = context.Connection.RemoteIpAddress;
        peer = peer is { IsIPv4MappedToIPv6: true } ? peer.MapToIPv4() : peer;
        return peer is not null && Trusted.Any(network => network.Contains(peer));
    }

    /// <summary>The users that the header names, without blanks; none where it is absent or blank.</summary>
    internal IReadOnlyList<string> Users(HttpRequest request) =>
        [.. request.Headers[Header].Select(user => (user ?? "").Trim()).Where(user => user.Length > 0)];

    /// <summary>Whether the header names somebody else. Said by whomever: an untrusted claim can only cost its maker.</summary>
    internal bool NamesAnother(HttpRequest request, string userName) => Users(request).Any(user => user != userName);
}
