using System.Net;

namespace TimeTagger.Configuration;

/// <summary>Addresses and networks as one text: <c>127.0.0.1,10.0.0.0/24</c>, or with <c>;</c> between.</summary>
internal static class NetworkList
{
    /// <summary>Reads it; an address is a network of one.</summary>
    /// <exception cref="FormatException">It is empty, or an entry is neither; the message says which.</exception>
    public static IReadOnlyList<IPNetwork> Parse(string text)
    {
        const StringSplitOptions split = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var entries = text.Split([',', ';'], split);
        return entries.Length > 0
            ? [.. entries.Select(ParseOne)]
            : throw new FormatException("there is no address in it");
    }

    /// <summary>Writes it as <see cref="Parse"/> reads it.</summary>
    public static string Write(IReadOnlyList<IPNetwork> networks) => string.Join(',', networks);

    private static IPNetwork ParseOne(string entry) =>
        IPNetwork.TryParse(entry, out var network) ? network
        : IPAddress.TryParse(entry, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new FormatException($"'{entry}' is neither an address nor a network such as 10.0.0.0/24");
}
