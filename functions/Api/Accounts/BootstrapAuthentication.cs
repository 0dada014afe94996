using System.Text;
using System.Text.Json;
using TimeTagger.Api.Functions;
using TimeTagger.Api.Limits;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Tokens;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Keys;

namespace TimeTagger.Api.Accounts;

/// <summary>Trades proof of identity for a web token. Tokens that exist stay valid.</summary>
internal static class BootstrapAuthentication
{
    private const int MaxBytes = 64 * 1024;

    internal static void MapBootstrapAuthentication(this RouteGroupBuilder v2) =>
        v2.Map("/bootstrap_authentication", SignInAsync)
            .WithAccess(AccessPolicy.Anonymous)
            .InFunction(AccountsFunction.Name);

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        BodyReader body,
        IEnumerable<ISignInMethod> methods,
        RateLimits limits,
        AccountJournal journal,
        SigningKeys keys,
        AuthTokens tokens,
        CancellationToken cancellation
    )
    {
        var cost = 1;
        string userName;
        try
        {
            using var proof = Parse((await body.ReadAsync(context.Request, MaxBytes)).Span);
            var method = MethodOf(proof.RootElement, methods);
            cost = method.FailureCost;
            limits.BeforeSignIn(context, cost);
            userName = await method.SignInAsync(proof.RootElement, context);
        }
        catch (ApiErrorException e) when (e.Error.Status != StatusCodes.Status429TooManyRequests)
        {
            throw limits.Refuse(context, e.Error, cost);
        }

        var key = await keys.CurrentAsync(cancellation);
        using var account = await journal.OpenAsync(AccountKey.Local(userName), userName, key.Kid, cancellation);
        return TokenEndpoints.TokenAnswer(tokens.CreateWebToken(key, userName, account.Head.WebSeed));
    }

    private static ISignInMethod MethodOf(JsonElement proof, IEnumerable<ISignInMethod> methods)
    {
        var name = Text(proof, "method");
        return methods.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new ApiErrorException(
                new ApiError(
                    StatusCodes.Status401Unauthorized,
                    $"Invalid authentication method: {name ?? "unspecified"}"
                )
            );
    }

    /// <summary>A text field of the proof, or null.</summary>
    /// <exception cref="ApiErrorException">400: it is there but not a text.</exception>
    internal static string? Text(JsonElement proof, string name)
    {
        try
        {
            if (!proof.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, in the value or in a field's name: not a text either.
        }

        throw new ApiErrorException(ApiError.BadRequest($"the field '{name}' must be a string"));
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> body)
    {
        const string expected = "the body must be the base64 of a JSON object with a field 'method'";
        try
        {
            var json = Convert.FromBase64String(Encoding.ASCII.GetString(body));
            var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new ApiErrorException(ApiError.BadRequest(expected));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new ApiErrorException(ApiError.BadRequest(expected));
        }
    }
}
