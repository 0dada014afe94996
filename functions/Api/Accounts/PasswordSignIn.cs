using System.Text.Json;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Policy;

namespace TimeTagger.Api.Accounts;

/// <summary>User names and passwords from the configuration, which holds only bcrypt hashes. In Azure it does not exist.</summary>
internal sealed class PasswordSignIn(HandlerOptions options) : ISignInMethod
{
    // Of a password that nobody knows: an unknown user takes as long as a known one.
    private const string NobodysHash = "$2b$08$QHC9jfKF1tJP4uWRRq0Q8u1XWnHzRkDi0R0oTlo0hxMZLpSlyYfWa";

    public string Name => "usernamepassword";

    public string SignIn(JsonElement proof, HttpContext context)
    {
        var user = (BootstrapAuthentication.Text(proof, "username") ?? "").Trim();
        var password = (BootstrapAuthentication.Text(proof, "password") ?? "").Trim();
        var known = options.Credentials.TryGetValue(user, out var hash);
        return Bcrypt.Verify(password, hash ?? NobodysHash) && known
            ? user
            : throw new ApiErrorException(new ApiError(StatusCodes.Status403Forbidden, "Invalid credentials"));
    }
}
