using Microsoft.Extensions.Primitives;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Limits;
using TimeTagger.Api.Tokens;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Policy;

/// <summary>
/// Finds out who calls. The token's signature is checked before anything is read, and how often it was shown; then one
/// storage read gives the account with the seed that the token must carry, and everything the call needs besides.
/// </summary>
internal sealed class Authentication(AuthTokens tokens, RateLimits limits, AccountJournal journal, ApiOptions options)
{
    internal const string TokenHeader = "authtoken";

    private const string BearerPrefix = "Bearer ";

    /// <summary>The caller.</summary>
    /// <exception cref="ApiErrorException">401: no token, or not a valid one. 429: too often.</exception>
    internal async Task<Caller> AuthenticateAsync(HttpRequest request, CancellationToken cancellation)
    {
        var claims = await ClaimsAsync(request, cancellation);
        limits.Take(claims);
        var kind = tokens.KindOf(claims);
        var account = await journal.ReadAsync(AccountKey.Local(claims.UserName), cancellation);
        if (account is not null)
        {
            request.HttpContext.Response.RegisterForDispose(account);
        }

        var seed = kind == TokenKind.Web ? account?.Head.WebSeed : account?.Head.ApiSeed;

        // Revoked comes before expired: clients log out and wipe on the one, and only sign in again on the other.
        if (account is null || seed != claims.Seed)
        {
            throw Refused(request, $"The {Name(kind)} is revoked (seed does not match)");
        }

        return tokens.IsExpired(claims)
                ? throw Refused(request, $"The {Name(kind)} has expired (after {AuthTokens.WebTokenDays} days)")
            : options.Proxy?.NamesAnother(request, claims.UserName) == true
                ? throw Refused(request, "Autheticated user does not match proxy user")
            : new Caller(account, claims.UserName, kind);
    }

    private async Task<TokenClaims> ClaimsAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (Last(request.Headers[TokenHeader]) is { } token)
        {
            return await tokens.ReadAsync(token, cancellation)
                ?? throw Refused(
                    request,
                    "The token in header 'authtoken' is not valid; sign in again or use a new API token."
                );
        }

        // Static Web Apps puts a token of its own into Authorization: one that is not ours counts as missing.
        return
            Last(request.Headers.Authorization) is { } authorization
            && authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            && await tokens.ReadAsync(authorization[BearerPrefix.Length..].Trim(), cancellation) is { } claims
            ? claims
            : throw Refused(request, "Missing jwt 'authtoken' in header.");
    }

    private static string? Last(StringValues values) =>
        values.LastOrDefault(value => !string.IsNullOrWhiteSpace(value))?.Trim();

    private static string Name(TokenKind kind) => kind == TokenKind.Web ? "webtoken" : "apitoken";

    private ApiErrorException Refused(HttpRequest request, string text) =>
        limits.Refuse(request.HttpContext, ApiError.Unauthorized(text));
}
