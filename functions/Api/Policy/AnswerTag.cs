using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Policy;

/// <summary>
/// Answers 304 to who has the answer already: the same question of the same account, which has not changed since. It is
/// known from the read that authenticates, before anything is loaded.
/// </summary>
internal static class AnswerTag
{
    // To be raised when the same state of an account is answered in another way than before.
    private const string Form = "1";

    /// <summary>Gives the answers of an endpoint a tag. They must follow from the account's journal and the question alone.</summary>
    internal static RouteHandlerBuilder WithETag(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(AnswerAsync);

    /// <summary>Answers, or says that nothing has changed.</summary>
    internal static async ValueTask<object?> AnswerAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        var http = context.HttpContext;

        // Taken before the answer is made: should a commit come in between, the answer is newer than its tag, and is sent
        // once more. The other way round the client would never learn of the commit.
        var tag = Of(http.Features.GetRequiredFeature<Caller>().Account, http.Request);
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        if (known.Any(candidate => candidate.Compare(tag, useStrongComparison: false)))
        {
            // Only a good question was ever answered with a tag, so this one needs no look at its arguments.
            return new NotModified(tag);
        }

        var answer = await next(context);
        if (answer is ApiError)
        {
            return answer;
        }

        if (known.Contains(EntityTagHeaderValue.Any))
        {
            return new NotModified(tag);
        }

        http.Response.Headers.ETag = tag.ToString();
        return answer;
    }

    // The time of the newest entry, because a restored backup counts on from an older number. Weak, because it stands for
    // the answer in every encoding. A hash that could be forged: only the caller's own answer hangs on it.
    private static EntityTagHeaderValue Of(AccountReading account, HttpRequest request)
    {
        var (number, st) = account.Newest;
        var question = string.Create(
            CultureInfo.InvariantCulture,
            $"{Form} {account.Account.Value} {number} {st.Steps} {request.Path}{request.QueryString}"
        );
        var hash = XxHash128.Hash(MemoryMarshal.AsBytes(question.AsSpan()));
        return new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(hash)}\"", isWeak: true);
    }

    private sealed class NotModified(EntityTagHeaderValue tag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            httpContext.Response.Headers.ETag = tag.ToString();
            return Task.CompletedTask;
        }
    }
}
