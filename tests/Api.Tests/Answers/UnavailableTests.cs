using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Tests.Answers;

/// <summary>What a client is told when it is not its fault.</summary>
public sealed class UnavailableTests
{
    [Rule("2.3", "2.6")]
    [Fact]
    public async Task Answer_WhenTheStorageDoesNotAnswer_SaysWhenToTryAgainAndNothingOfTheInside()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        var answers = new ErrorAnswers(
            _ => throw new StorageUnavailableException("secret detail"),
            NullLogger<ErrorAnswers>.Instance
        );

        await answers.InvokeAsync(context);

        var text = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        Assert.Equal((503, "text/plain"), (context.Response.StatusCode, context.Response.ContentType));
        Assert.Equal("5", context.Response.Headers.RetryAfter);
        Assert.StartsWith("service unavailable: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }
}
