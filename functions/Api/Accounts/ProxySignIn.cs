using System.Text.Json;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Policy;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Accounts;

/// <summary>Lets in whom a trusted reverse proxy has signed in. Behind a Functions host it does not exist.</summary>
internal sealed class ProxySignIn(ApiOptions options) : ISignInMethod
{
    public string Name => "proxy";

    public int FailureCost => 1;

    public ValueTask<string> SignInAsync(JsonElement proof, HttpContext context) => new(UserOf(context));

    private string UserOf(HttpContext context)
    {
        if (options.Proxy is not { } proxy)
        {
            throw Refused("proxy auth is not enabled");
        }

        if (!proxy.IsFromTrusted(context))
        {
            throw Refused("the proxy is not trusted");
        }

        return proxy.Users(context.Request) switch
        {
            [] => throw Refused("no proxy user provided"),
            [var user] => Checked(user),

            // A caller's own header beside the proxy's: nobody can tell which is which.
            _ => throw Refused("more than one proxy user provided"),
        };
    }

    private static string Checked(string user)
    {
        try
        {
            AccountKey.Local(user);
            return user;
        }
        catch (FormatException e)
        {
            throw Refused($"the proxy user cannot have an account. {e.Message}");
        }
    }

    private static ApiErrorException Refused(string text) => new(ApiError.Forbidden(text));
}
