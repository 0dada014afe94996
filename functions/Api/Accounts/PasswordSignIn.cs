using System.Text.Json;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Policy;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Accounts;

/// <summary>User names and passwords from the configuration, which holds only bcrypt hashes. In Azure it does not exist.</summary>
internal sealed class PasswordSignIn(HandlerOptions options) : ISignInMethod
{
    // Of a password that nobody knows: an unknown user takes as long as a known one.
    private const string NobodysHash = "$2b$08$QHC9jfKF1tJP4uWRRq0Q8u1XWnHzRkDi0R0oTlo0hxMZLpSlyYfWa";

    public string Name => "usernamepassword";

    /// <summary>Reads <c>user:hash,user:hash</c> (or with <c>;</c> between).</summary>
    /// <exception cref="FormatException">An entry is malformed; the message says which, without its hash.</exception>
    internal static IReadOnlyDictionary<string, string> ParseCredentials(string text)
    {
        var credentials = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var entry in text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            if (entry.Split(':', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } user, var hash])
            {
                throw new FormatException("credentials must be user:bcrypt-hash pairs, separated by commas.");
            }

            if (!Bcrypt.IsHash(hash))
            {
                throw new FormatException(
                    $"credentials: what follows '{user}:' is not a bcrypt hash ($2a$ or $2b$, 60 characters). In a shell, put it in single quotes."
                );
            }

            CheckName(user);
            credentials[user] = hash;
        }

        return credentials;
    }

    private static void CheckName(string user)
    {
        try
        {
            AccountKey.Local(user);
        }
        catch (FormatException e)
        {
            throw new FormatException($"credentials: '{user}': {e.Message}", e);
        }
    }

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
