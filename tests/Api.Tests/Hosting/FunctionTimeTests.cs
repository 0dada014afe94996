using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TimeTagger.Api.Policy;

namespace TimeTagger.Api.Tests.Hosting;

/// <summary>What is answered when a call that a function got has to end before it is done.</summary>
public sealed class FunctionTimeTests
{
    [Fact]
    public async Task Function_WhoseTimeIsOver_AsksTheClientToTryAgain()
    {
        var (status, text) = await AnswerAsync(isClientGone: false);

        Assert.Equal((503, "service unavailable: this took too long; try again"), (status, text));
    }

    [Fact]
    public async Task Client_ThatIsGone_GetsNothing()
    {
        var (status, text) = await AnswerAsync(isClientGone: true);

        Assert.Equal((200, ""), (status, text));
    }

    private static async Task<(int Status, string Text)> AnswerAsync(bool isClientGone)
    {
        using var client = new CancellationTokenSource();
        using var function = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(client.Token, function.Token);
        using var body = new MemoryStream();
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
            RequestAborted = either.Token,
        };
        context.Response.Body = body;
        context.Features.Set(new FunctionTime(client.Token, function.Token));
        var answers = new ErrorAnswers(
            async http =>
            {
                await (isClientGone ? client : function).CancelAsync();
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
            },
            NullLogger<ErrorAnswers>.Instance
        );

        await answers.InvokeAsync(context);

        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}
