using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Policy;

/// <summary>Who calls: the account, as the read that authenticated the call found it.</summary>
/// <param name="Account">The account.</param>
/// <param name="UserName">The name in the token.</param>
/// <param name="Token">The kind of token that was shown.</param>
internal sealed record Caller(AccountReading Account, string UserName, TokenKind Token)
{
    /// <summary>What entries say of their writer.</summary>
    internal string Writer => Token == TokenKind.Web ? "web" : "api";

    /// <summary>Lets endpoints take the caller as a parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.Features.Get<Caller>());
    }
}
