using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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

    /// <summary>What was sent must not pass for the whole, nor be followed by a refusal, and is no fault to be logged.</summary>
    [Fact]
    public async Task Function_WhoseTimeIsOverInTheMiddleOfTheAnswer_BreaksItOff()
    {
        using var function = new CancellationTokenSource();
        var life = new Life();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(new StartedResponse());
        context.Features.Set<IHttpRequestLifetimeFeature>(life);
        context.Features.Set(new FunctionTime(CancellationToken.None, function.Token));
        var answers = new ErrorAnswers(
            async _ =>
            {
                await function.CancelAsync();
                await Task.Delay(Timeout.Infinite, function.Token);
            },
            NullLogger<ErrorAnswers>.Instance
        );

        await answers.InvokeAsync(context);

        Assert.True(life.IsAborted);
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

    private sealed class StartedResponse : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }

    private sealed class Life : IHttpRequestLifetimeFeature
    {
        internal bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }
}
