using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Keys;

namespace TimeTagger.Api.Tokens;

/// <summary>What a token says.</summary>
/// <param name="UserName">Whose it is.</param>
/// <param name="Expires">Until when it counts, seconds since 1970.</param>
/// <param name="Seed">The account's seed when it was made.</param>
internal sealed record TokenClaims(string UserName, long Expires, string Seed);

/// <summary>
/// Makes and reads tokens: JWT, HS256, payload exactly <c>{"username", "expires", "seed"}</c>, which clients read.
/// </summary>
internal sealed class AuthTokens(SigningKeys keys, TimeProvider clock) : IDisposable
{
    /// <summary>How long signing in lasts, renewed by use.</summary>
    internal const int WebTokenDays = 14;

    private const long ClockSlackSeconds = 24 * 60 * 60;

    // The year 3000, which clients know as "does not expire".
    private const long ApiTokenExpires = 32_503_748_400;

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    // A token that is polled with is a token seen a moment ago.
    private const int MostRemembered = 4096;

    private static readonly JsonWriterOptions PayloadForm = new() { Encoder = PayloadEncoder() };

    // What we signed stays signed by us: no key is ever taken back. Whether it counts is asked each time.
    private readonly MemoryCache _signed = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    /// <inheritdoc/>
    public void Dispose() => _signed.Dispose();

    internal string CreateWebToken(SigningKey key, string userName, string seed) =>
        Create(key, new TokenClaims(userName, Now() + WebTokenSeconds, seed));

    internal static string CreateApiToken(SigningKey key, string userName, string seed) =>
        Create(key, new TokenClaims(userName, ApiTokenExpires, seed));

    /// <summary>What the token says, if we signed it; else null. Says nothing of revocation or expiry.</summary>
    internal async ValueTask<TokenClaims?> ReadAsync(string token, CancellationToken cancellation)
    {
        if (_signed.TryGetValue<TokenClaims>(token, out var known))
        {
            return known;
        }

        var claims = await VerifyAsync(token, cancellation);
        return claims is null ? null : _signed.Set(token, claims, new MemoryCacheEntryOptions { Size = 1 });
    }

    /// <summary>
    /// A token that lasts longer than signing in can is for programs. A day is for clocks that differ: a web token
    /// from an instance that is ahead must not be taken for a revoked API token, which makes clients drop their data.
    /// </summary>
    internal TokenKind KindOf(TokenClaims claims) =>
        claims.Expires > Now() + WebTokenSeconds + ClockSlackSeconds ? TokenKind.Api : TokenKind.Web;

    internal bool IsExpired(TokenClaims claims) => claims.Expires < Now();

    private static long WebTokenSeconds => (long)TimeSpan.FromDays(WebTokenDays).TotalSeconds;

    private async Task<TokenClaims?> VerifyAsync(string token, CancellationToken cancellation)
    {
        if (!TryParse(token, out var jwt) || await keys.FindAsync(jwt.Kid, cancellation) is not { } key)
        {
            return null;
        }

        var result = await Handler.ValidateTokenAsync(
            jwt,
            new TokenValidationParameters
            {
                IssuerSigningKey = ToSecurityKey(key),
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                ValidateIssuer = false,
                ValidateAudience = false,
                ValidateLifetime = false,
                RequireExpirationTime = false,
            }
        );
        return
            result.IsValid
            && jwt.TryGetPayloadValue<string>("username", out var userName)
            && jwt.TryGetPayloadValue<long>("expires", out var expires)
            && jwt.TryGetPayloadValue<string>("seed", out var seed)
            && userName is not null
            && seed is not null
            ? new TokenClaims(userName, expires, seed)
            : null;
    }

    private static string Create(SigningKey key, TokenClaims claims)
    {
        using var payload = new MemoryStream();
        using (var writer = new Utf8JsonWriter(payload, PayloadForm))
        {
            writer.WriteStartObject();
            writer.WriteString("username", claims.UserName);
            writer.WriteNumber("expires", claims.Expires);
            writer.WriteString("seed", claims.Seed);
            writer.WriteEndObject();
        }

        return Handler.CreateToken(
            Encoding.UTF8.GetString(payload.GetBuffer(), 0, (int)payload.Length),
            new SigningCredentials(ToSecurityKey(key), SecurityAlgorithms.HmacSha256)
        );
    }

    private static SymmetricSecurityKey ToSecurityKey(SigningKey key) => new(key.Secret) { KeyId = key.Kid };

    private static bool TryParse(string token, out JsonWebToken jwt)
    {
        jwt = null!;
        if (!Handler.CanReadToken(token))
        {
            return false;
        }

        try
        {
            jwt = Handler.ReadJsonWebToken(token);
            return jwt.Alg == SecurityAlgorithms.HmacSha256 && !string.IsNullOrEmpty(jwt.Kid);
        }
        catch (ArgumentException)
        {
            return false; // Three parts, but not what a token is made of.
        }
    }

    // A known client decodes the payload without un-escaping '-' of base64url, which only '>' and '~' of ASCII
    // can produce: with those escaped as well it reads every payload.
    private static JavaScriptEncoder PayloadEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.BasicLatin);
        settings.ForbidCharacters('~', '>');
        return JavaScriptEncoder.Create(settings);
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeSeconds();
}
