using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TimeTagger.Api.Policy;
using TimeTagger.Storage.Memory;

namespace TimeTagger.Api.Tests.Hosting;

/// <summary>How long a request may take, on a clock that the test moves.</summary>
public sealed class RequestDeadlineTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly Pipe _body = new();
    private CancellationToken _aborted;

    [Fact]
    public async Task Request_ThatTakesTooLong_IsToBeTriedAgain()
    {
        var call = CallAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        _clock.Advance(RequestDeadline.Limit - Moment);
        Assert.False(_aborted.IsCancellationRequested);
        _clock.Advance(Moment);

        var refusal = await Assert.ThrowsAsync<ApiErrorException>(() => call);
        Assert.Equal((503, 5), (refusal.Error.Status, refusal.Error.RetryAfterSeconds));
    }

    [Fact]
    public async Task Body_ThatArrivesSlowly_IsReadAndTheRestHasTheWholeTimeAgain()
    {
        var read = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = CallAsync(async context =>
        {
            var body = await ReadAsync(context);
            read.SetResult(body.Length);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        _clock.Advance(RequestDeadline.Limit);
        await _body.Writer.WriteAsync("half"u8.ToArray());
        _clock.Advance(RequestDeadline.UploadLimit - RequestDeadline.Limit - Moment);
        await _body.Writer.WriteAsync("half"u8.ToArray());
        await _body.Writer.CompleteAsync();
        Assert.Same(read.Task, await Task.WhenAny(read.Task, call));
        Assert.Equal(8, await read.Task);

        _clock.Advance(RequestDeadline.Limit - Moment);
        Assert.False(_aborted.IsCancellationRequested);
        _clock.Advance(Moment);

        Assert.Equal(503, (await Assert.ThrowsAsync<ApiErrorException>(() => call)).Error.Status);
    }

    [Fact]
    public async Task Body_ThatDoesNotArrive_IsToBeSentInParts()
    {
        var call = CallAsync(async context => await ReadAsync(context));
        await _body.Writer.WriteAsync("half"u8.ToArray());

        _clock.Advance(RequestDeadline.UploadLimit - Moment);
        Assert.False(_aborted.IsCancellationRequested);
        _clock.Advance(Moment);

        var refusal = await Assert.ThrowsAsync<ApiErrorException>(() => call);
        Assert.Equal(408, refusal.Error.Status);
        Assert.StartsWith("request timeout: ", refusal.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_ThatIsTooSlowForTheServersLeastRate_IsToBeSentInParts()
    {
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = answer } };
        var errors = new ErrorAnswers(
            _ => throw new BadHttpRequestException("too slow", StatusCodes.Status408RequestTimeout),
            NullLogger<ErrorAnswers>.Instance
        );

        await errors.InvokeAsync(context);

        Assert.Equal(408, context.Response.StatusCode);
        Assert.StartsWith(
            "request timeout: the body took too long",
            Encoding.UTF8.GetString(answer.ToArray()),
            StringComparison.Ordinal
        );
    }

    private Task CallAsync(RequestDelegate endpoint)
    {
        var context = new DefaultHttpContext { Request = { Path = "/api/v2/records", Body = _body.Reader.AsStream() } };
        return new RequestDeadline(
            inner =>
            {
                _aborted = inner.RequestAborted;
                return endpoint(inner);
            },
            _clock
        ).InvokeAsync(context);
    }

    private Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context) =>
        new BodyReader(new MemoryBudget(1 << 20, _clock)).ReadAsync(context.Request);
}
