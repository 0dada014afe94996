using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Policy;

namespace TimeTagger.Api.Accounts;

/// <summary>
/// Lets whoever sits at this machine in, without a password. It must not let in anyone else: the address we are
/// bound to, the peer and the host name have to be this machine (a foreign host name is how DNS rebinding looks), and so has
/// the page that asks; nothing may say that somebody stands between. Where a proxy signs people in, everybody comes from
/// this machine, so nobody may. Behind a Functions host it does not exist.
/// </summary>
internal sealed class LocalhostSignIn(ApiOptions options) : ISignInMethod
{
    private const string UserName = "defaultuser";

    public string Name => "localhost";

    public int FailureCost => 1;

    public ValueTask<string> SignInAsync(JsonElement proof, HttpContext context) => new(UserOf(context));

    private string UserOf(HttpContext context)
    {
        var request = context.Request;
        var isOnlyHere = IsLoopback(options.Bind.Address);
        if (isOnlyHere && options.Proxy is not null)
        {
            throw new ApiErrorException(ApiError.Forbidden("disabled when proxy auth is available"));
        }

        return
            isOnlyHere
            && IsLoopback(context.Connection.RemoteIpAddress)
            && !ForwardingHeaders.In(request)
            && IsLoopbackHost(request.Host.Value)
            && All(request.Headers.Origin, IsLoopbackOrigin)
            ? UserName
            : throw new ApiErrorException(ApiError.Forbidden("must be on localhost"));
    }

    private static bool All(StringValues values, Func<string, bool> holds) =>
        values.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)).All(holds);

    private static bool IsLoopback(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    private static bool IsLoopbackHost(string? text) =>
        text is not null && new HostString(text).Host is "localhost" or "127.0.0.1" or "[::1]";

    private static bool IsLoopbackOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin) && IsLoopbackHost(origin.Authority);
}
