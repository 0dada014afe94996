using System.Globalization;
using TimeTagger.Configuration;

namespace TimeTagger.Api.Telemetry;

/// <summary>Who gets a kind of telemetry by OTLP. What a kind has no variable of its own for, the general one says.</summary>
/// <param name="Endpoint">Where to send it, with the path of its kind.</param>
/// <param name="IsGrpc">Whether by gRPC; else as protobuf over HTTP.</param>
/// <param name="Headers">Headers to send, <c>name=value</c> with commas between; null for none. A secret.</param>
/// <param name="Timeout">How long to wait for an answer; null for the package's own patience.</param>
/// <param name="IsCompressed">Whether to compress.</param>
internal sealed record OtlpTarget(Uri Endpoint, bool IsGrpc, string? Headers, TimeSpan? Timeout, bool IsCompressed)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    /// <summary>What the variables say of a kind of telemetry; null where nobody gets it.</summary>
    /// <param name="kind">As in the names of its variables: <c>TRACES</c>.</param>
    /// <param name="variable">The value of a variable, or null.</param>
    /// <exception cref="ConfigurationException">One is malformed.</exception>
    internal static OtlpTarget? From(string kind, Func<string, string?> variable)
    {
        var endpoint = Read("ENDPOINT");
        if (endpoint.Value is null)
        {
            return null;
        }

        var isGrpc = Choice(Read("PROTOCOL"), "grpc", "http/protobuf");
        var address =
            Uri.TryCreate(endpoint.Value, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
                ? uri
                : throw Malformed(endpoint, "must be an address that begins with http:// or https://");
        return new OtlpTarget(
            isGrpc || !endpoint.IsGeneral ? address : Below(address, $"v1/{kind.ToLowerInvariant()}"),
            isGrpc,
            HeadersOf(Read("HEADERS")),
            TimeoutOf(Read("TIMEOUT")),
            !Choice(Read("COMPRESSION"), "none", "gzip")
        );

        Said Read(string what) =>
            variable($"{Prefix}{kind}_{what}") is { } own
                ? new Said($"{Prefix}{kind}_{what}", own, IsGeneral: false)
                : new Said(Prefix + what, variable(Prefix + what), IsGeneral: true);
    }

    private static Uri Below(Uri address, string path)
    {
        var builder = new UriBuilder(address);
        builder.Path = $"{builder.Path.TrimEnd('/')}/{path}";
        return builder.Uri;
    }

    /// <returns>Whether it is the first; so it is where nothing is said.</returns>
    private static bool Choice(Said said, string first, string second) =>
        said.Value is null
        || said.Value == first
        || (said.Value == second ? false : throw Malformed(said, $"must be {first} or {second}"));

    private static string? HeadersOf(Said said) =>
        said.Value is null || Array.TrueForAll(said.Value.Split(','), each => each.Trim().IndexOf('=') > 0)
            ? said.Value
            : throw Malformed(said, "must be name=value, several with , between");

    private static TimeSpan? TimeoutOf(Said said) =>
        said.Value is null ? null
        : int.TryParse(said.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds > 0
            ? TimeSpan.FromMilliseconds(milliseconds)
        : throw Malformed(said, "must be a number of milliseconds");

    private static ConfigurationException Malformed(Said said, string why) => new($"{said.Variable}: {why}");

    /// <summary>What a variable says, and which one it was.</summary>
    private readonly record struct Said(string Variable, string? Value, bool IsGeneral);
}
