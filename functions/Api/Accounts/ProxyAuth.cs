using System.Net;

namespace TimeTagger.Api.Accounts;

/// <summary>
/// A reverse proxy that signs people in and says in a header who calls. On one machine only: behind the Functions host
/// nobody can tell where a call came from, so in Azure there is none.
/// </summary>
/// <param name="Trusted">The addresses of such proxies. From anywhere else the header is anybody's claim.</param>
/// <param name="Header">The name of the header with the user's name.</param>
internal sealed record ProxyAuth(IReadOnlyList<IPNetwork> Trusted, string Header)
{
    /// <summary>Whether a trusted proxy is who called: for calls through the front, the peer that it saw.</summary>
    internal bool IsFromTrusted(HttpContext context)
    {
        // Only the front, which is on this machine, may say where a call came from; it puts its own peer last.
        var peer = context.Connection.RemoteIpAddress;
        if (peer is null || !IPAddress.IsLoopback(peer))
        {
            return false;
        }

        var seen = context.Request.Headers["X-Forwarded-For"] is { Count: > 0 } values ? Last(values[^1] ?? "") : peer;
        return seen is not null && Trusted.Any(network => network.Contains(seen));
    }

    /// <summary>The users that the header names, without blanks; none where it is absent or blank.</summary>
    internal IReadOnlyList<string> Users(HttpRequest request) =>
        [.. request.Headers[Header].Select(user => (user ?? "").Trim()).Where(user => user.Length > 0)];

    /// <summary>Whether the header names somebody else. Said by whomever: an untrusted claim can only cost its maker.</summary>
    internal bool NamesAnother(HttpRequest request, string userName) => Users(request).Any(user => user != userName);

    private static IPAddress? Last(string forwardedFor) =>
        IPAddress.TryParse(forwardedFor.AsSpan(forwardedFor.LastIndexOf(',') + 1).Trim(), out var address)
            ? address.IsIPv4MappedToIPv6
                ? address.MapToIPv4()
                : address
            : null;
}
