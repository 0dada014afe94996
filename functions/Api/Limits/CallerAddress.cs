using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TimeTagger.Api.Limits;

/// <summary>
/// Where a call came from, as far as it can be known: its peer. Behind a Functions host the peer is what the host said last
/// in X-Forwarded-For, which the worker has applied by now. What a caller writes there names nobody.
/// </summary>
internal static class CallerAddress
{
    private const int HomeBits = 64; // What one IPv6 customer has.

    // Of one machine, one network, or the provider between: in Azure these are its own parts, the same for everybody.
    private static readonly IPNetwork[] NotPublic =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("::/127"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
    ];

    /// <summary>A name for whoever calls: the address, or the network of an IPv6 one; null when nobody can tell.</summary>
    /// <param name="context">The call.</param>
    /// <param name="inAzure">Whether addresses that are not public stand for everybody.</param>
    internal static string? Of(HttpContext context, bool inAzure)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return null;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return inAzure && Array.Exists(NotPublic, network => network.Contains(address)) ? null : Name(address);
    }

    private static string Name(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6
            ? string.Create(CultureInfo.InvariantCulture, $"{Home(address)}/{HomeBits}")
            : address.ToString();

    private static IPAddress Home(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(HomeBits / 8).Clear();
        return new IPAddress(bytes);
    }
}
