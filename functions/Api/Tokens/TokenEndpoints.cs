using TimeTagger.Api.Functions;
using TimeTagger.Api.Policy;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Keys;

namespace TimeTagger.Api.Tokens;

/// <summary>Tokens: renew the web token, show the API token, revoke all of a kind.</summary>
internal static class TokenEndpoints
{
    internal static void MapTokens(this RouteGroupBuilder v2)
    {
        v2.MapGet("/webtoken", GetWebTokenAsync).WithAccess(AccessPolicy.WebToken).InFunction(TokensFunction.Name);
        v2.MapGet("/apitoken", GetApiTokenAsync).WithAccess(AccessPolicy.WebToken).InFunction(TokensFunction.Name);
    }

    private static async Task<IResult> GetWebTokenAsync(
        Caller caller,
        AccountJournal journal,
        AuthTokens tokens,
        SigningKeys keys,
        HttpRequest request,
        CancellationToken cancellation
    )
    {
        var key = await keys.CurrentAsync(cancellation);
        var head = WantsReset(request)
            ? await journal.ReplaceSeedAsync(caller.Account, TokenKind.Web, key.Kid, cancellation)
            : caller.Account.Head;
        return TokenAnswer(tokens.CreateWebToken(key, caller.UserName, head.WebSeed));
    }

    private static async Task<IResult> GetApiTokenAsync(
        Caller caller,
        AccountJournal journal,
        SigningKeys keys,
        HttpRequest request,
        CancellationToken cancellation
    )
    {
        var current = await keys.CurrentAsync(cancellation);
        var head = WantsReset(request)
            ? await journal.ReplaceSeedAsync(caller.Account, TokenKind.Api, current.Kid, cancellation)
            : caller.Account.Head;

        // The key it was first signed with, so that its text stays the same after a key rotation.
        var key = await keys.FindAsync(head.ApiKid, cancellation) ?? current;
        return TokenAnswer(AuthTokens.CreateApiToken(key, caller.UserName, head.ApiSeed));
    }

    internal static JsonAnswer TokenAnswer(string token) => JsonAnswer.Of(writer => writer.WriteString("token", token));

    // Unlike filters, where blanks around a value do not count: here even a blank is a yes (docs/api, 4.12).
    private static bool WantsReset(HttpRequest request) =>
        request.Query.Value("reset")?.ToLowerInvariant() is not (null or "false" or "off" or "no" or "n" or "0");
}
