using System.Text.Json;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Limits;
using TimeTagger.Api.Policy;

namespace TimeTagger.Api.Accounts;

/// <summary>User names and passwords from the configuration, which holds only bcrypt hashes. In Azure it does not exist.</summary>
internal sealed class PasswordSignIn(ApiOptions options, RateLimits limits) : ISignInMethod, IDisposable
{
    // To check a password keeps a processor busy, up to seconds: half of them stay with everybody else.
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    // Of a password that nobody knows, at the highest cost that is configured: where all have the same cost, the time
    // that an answer takes does not tell whether there is such a user.
    private readonly string _nobodysHash = PasswordHash.WithCost(
        "$2b$08$QHC9jfKF1tJP4uWRRq0Q8u1XWnHzRkDi0R0oTlo0hxMZLpSlyYfWa",
        options.Credentials.Values.Select(PasswordHash.CostOf).DefaultIfEmpty(8).Max()
    );

    public string Name => "usernamepassword";

    public int FailureCost => 20;

    public async ValueTask<string> SignInAsync(JsonElement proof, HttpContext context)
    {
        var user = (BootstrapAuthentication.Text(proof, "username") ?? "").Trim();
        var password = (BootstrapAuthentication.Text(proof, "password") ?? "").Trim();
        await _turns.WaitAsync(context.RequestAborted);
        try
        {
            // While this one waited, others from there may have failed.
            limits.BeforeSignIn(context, FailureCost);
            var known = options.Credentials.TryGetValue(user, out var hash);
            return PasswordHash.Verify(password, hash ?? _nobodysHash) && known
                ? user
                : throw new ApiErrorException(new ApiError(StatusCodes.Status403Forbidden, "Invalid credentials"));
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
