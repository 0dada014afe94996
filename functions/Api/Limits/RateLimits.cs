using TimeTagger.Api.Hosting;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Tokens;

namespace TimeTagger.Api.Limits;

/// <summary>
/// How often who may call (docs/adr/0008-limits.md). A token that we signed is limited by itself, before anything is
/// read. An address is only limited in what fails: a call with a valid token is never charged to its address nor refused
/// because of it.
/// </summary>
internal sealed partial class RateLimits(ApiOptions options, TimeProvider clock, ILogger<RateLimits> logger)
    : IDisposable
{
    private readonly RateLimit _tokens = new(options.CallsPerMinute);
    private readonly RateLimit _failures = new(options.FailuresPerMinute);
    private readonly OnceAMinute _tokenLog = new(clock);
    private readonly OnceAMinute _addressLog = new(clock);

    /// <summary>Counts a call with a token that we signed.</summary>
    /// <exception cref="ApiErrorException">429: there were too many.</exception>
    internal void Take(TokenClaims claims)
    {
        // All tokens with that seed together: a token can be renewed without end, and each would bring a limit of its own.
        if (_tokens.Take($"{claims.Seed} {claims.UserName}") is { } seconds)
        {
            if (_tokenLog.IsDue())
            {
                LogToken(_tokens.PerMinute);
            }

            throw Refused($"a token may make {_tokens.PerMinute} calls a minute", seconds);
        }
    }

    /// <summary>Asks before somebody tries to sign in, so that a password is not even looked at.</summary>
    /// <param name="context">The call.</param>
    /// <param name="cost">What it counts for if it fails.</param>
    /// <exception cref="ApiErrorException">429: too many calls from there failed.</exception>
    internal void BeforeSignIn(HttpContext context, int cost)
    {
        if (AddressOf(context) is { } address && _failures.SecondsUntil(address, cost) is { } seconds)
        {
            throw TooManyFailures(seconds);
        }
    }

    /// <summary>Counts a call that shows no valid token or password.</summary>
    /// <param name="context">The call.</param>
    /// <param name="refusal">Why it is refused.</param>
    /// <param name="cost">For how many failed calls it counts.</param>
    /// <returns>That refusal; or, when too many calls from there failed, another: 429.</returns>
    internal ApiErrorException Refuse(HttpContext context, ApiError refusal, int cost = 1)
    {
        if (AddressOf(context) is { } address)
        {
            if (_failures.SecondsUntil(address, 1) is { } seconds)
            {
                return TooManyFailures(seconds);
            }

            _failures.Charge(address, cost);
        }

        return new ApiErrorException(refusal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tokens.Dispose();
        _failures.Dispose();
    }

    private string? AddressOf(HttpContext context) =>
        _failures.PerMinute == 0 ? null : CallerAddress.Of(context, options.InAzure);

    private ApiErrorException TooManyFailures(int seconds)
    {
        if (_addressLog.IsDue())
        {
            LogAddress(_failures.PerMinute);
        }

        return Refused("too many calls from your address failed", seconds);
    }

    private static ApiErrorException Refused(string why, int seconds) => new(ApiError.TooManyRequests(why, seconds));

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A token makes more than {PerMinute} calls a minute (rate_token) and is refused"
    )]
    private partial void LogToken(int perMinute);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "From an address more than {PerMinute} calls a minute fail (rate_address) and are refused"
    )]
    private partial void LogAddress(int perMinute);
}
