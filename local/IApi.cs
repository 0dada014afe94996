using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TimeTagger.Local;

/// <summary>What answers the calls of the API.</summary>
internal interface IApi : IAsyncDisposable
{
    /// <summary>Fails with a <see cref="Refusal"/> if it ends before it is told to; else it never completes.</summary>
    Task Ended { get; }

    /// <summary>Adds what it is made of to the server.</summary>
    void AddTo(WebApplicationBuilder builder);

    /// <summary>Makes it ready to answer.</summary>
    /// <exception cref="Exception">A <see cref="Refusal"/>, or another whose message is a sentence for the person.</exception>
    Task OpenAsync(IServiceProvider services, CancellationToken stopping);

    /// <summary>Answers a call.</summary>
    Task AnswerAsync(HttpContext context);
}
