using System.Net;

namespace TimeTagger.SiteBuilder.Deployment;

/// <summary>What the site has to know of where it is deployed; nothing of it is needed on one machine.</summary>
/// <param name="ApiOrigin">The origin of the API where it is not the site's own, such as <c>https://api.example</c>.</param>
/// <param name="Authority">The address of who signs people in, such as <c>https://login.microsoftonline.com/organizations</c>.</param>
/// <param name="ClientId">The site's id there.</param>
internal sealed record DeploymentValues(string? ApiOrigin, string? Authority, string? ClientId)
{
    private const string ApiOriginName = "--api-origin";
    private const string AuthorityName = "--authority";
    private const string ClientIdName = "--client-id";

    /// <summary>A site without any.</summary>
    public static DeploymentValues None { get; } = new(null, null, null);

    /// <summary>The arguments; each has a variable, such as <c>TIMETAGGER_SITE_API_ORIGIN</c>.</summary>
    public static IReadOnlyList<string> Arguments { get; } = [ApiOriginName, AuthorityName, ClientIdName];

    /// <summary>The origin of <see cref="Authority"/>.</summary>
    public string? AuthorityOrigin => Authority is null ? null : new Uri(Authority).GetLeftPart(UriPartial.Authority);

    /// <summary>Takes the arguments, and the environment for those that are not given; an empty value is none.</summary>
    /// <exception cref="DeploymentValueException">A value is not what it has to be.</exception>
    public static DeploymentValues Parse(
        IReadOnlyDictionary<string, string> arguments,
        Func<string, string?> environment
    )
    {
        var authority = Take(AuthorityName);
        var values = new DeploymentValues(
            Take(ApiOriginName) is (var origin, var originName) ? Origin(originName, origin) : null,
            authority is (var address, var addressName) ? Address(addressName, address) : null,
            Take(ClientIdName) is (var id, var idName) ? Id(idName, id) : null
        );
        return (values.Authority is null) == (values.ClientId is null)
            ? values
            : throw new DeploymentValueException(
                $"{AuthorityName}, {ClientIdName}",
                "One of them is given without the other. Give both, or neither."
            );

        (string Value, string Name)? Take(string argument)
        {
            var variable = $"TIMETAGGER_SITE_{argument[2..].Replace('-', '_').ToUpperInvariant()}";
            var (value, name) = arguments.TryGetValue(argument, out var given)
                ? (given, argument)
                : (environment(variable), variable);
            return string.IsNullOrWhiteSpace(value) ? null : (value.Trim(), name);
        }
    }

    private static string Origin(string name, string value)
    {
        var uri = Secure(name, value);
        return value == uri.GetLeftPart(UriPartial.Authority)
            ? value
            : throw new DeploymentValueException(
                name,
                $"\"{value}\" is not an origin: use \"{uri.GetLeftPart(UriPartial.Authority)}\"."
            );
    }

    private static string Address(string name, string value)
    {
        var uri = Secure(name, value);
        return uri is { Query: "", Fragment: "", UserInfo: "" }
            ? value.TrimEnd('/')
            : throw new DeploymentValueException(
                name,
                $"\"{value}\" has more than an origin and a path. Leave it out."
            );
    }

    private static string Id(string name, string value) =>
        Guid.TryParseExact(value, "D", out _)
            ? value
            : throw new DeploymentValueException(
                name,
                $"\"{value}\" is not an id such as 01234567-89ab-cdef-0123-456789abcdef."
            );

    // What stands in the policy must not be able to say more than an origin.
    private static Uri Secure(string name, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri)))
        && uri.UserInfo.Length == 0
        && uri.Host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']')
            ? uri
            : throw new DeploymentValueException(
                name,
                $"\"{value}\" is not a secure address. Use https://, or http:// on this machine."
            );

    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost"
        || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
}
