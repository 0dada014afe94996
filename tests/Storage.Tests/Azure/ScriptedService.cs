using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Core.Pipeline;
using TimeTagger.Storage.Azure;
using TimeTagger.Storage.Port;
using Xunit.Sdk;

namespace TimeTagger.Storage.Tests.Azure;

/// <summary>A storage service that gives the answers a test wrote down, one per request.</summary>
internal sealed class ScriptedService : HttpMessageHandler
{
    /// <summary>The account's key, as no message may show it.</summary>
    public const string Key = "c2VjcmV0LWtleS1vZi10aGUtYWNjb3VudA==";

    private readonly ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private readonly SemaphoreSlim _arrived = new(0);

    /// <summary>The requests that came, without their bodies.</summary>
    public List<HttpRequestMessage> Requests { get; } = [];

    /// <summary>The body of each request; empty where it had none.</summary>
    public List<byte[]> Bodies { get; } = [];

    /// <summary>How the service is reached with the account's key.</summary>
    public AzureStorageOptions Options =>
        AzureStorageOptions.FromConnectionString(
            $"AccountName=acct;AccountKey={Key};TableEndpoint=https://table.test/acct;"
                + "BlobEndpoint=https://blob.test/acct;QueueEndpoint=https://queue.test/acct"
        ) with
        {
            Transport = new HttpClientTransport(this),
        };

    /// <summary>The store; pauses are the shortest that chance allows: 100 ms, 200 ms, 400 ms …</summary>
    public StorageAccount Open(TimeProvider clock, AzureStorageOptions? options = null) =>
        AzureStorage.Open(options ?? Options, clock, new NoChance());

    /// <summary>The next answer.</summary>
    public ScriptedService Then(HttpStatusCode status, string body = "", params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage(status)
            {
                Content = new StringContent(
                    body,
                    Encoding.UTF8,
                    body.StartsWith('<') ? "application/xml" : "application/json"
                ),
            };
            foreach (var (name, value) in headers)
            {
                response.Headers.Add(name, value);
            }

            return Task.FromResult(response);
        });
        return this;
    }

    /// <summary>A refusal as the table service words it.</summary>
    public ScriptedService ThenRefuses(HttpStatusCode status, string code, params (string, string)[] headers) =>
        Then(status, $$"""{"odata.error":{"code":"{{code}}","message":{"lang":"en","value":"No."} } }""", headers);

    /// <summary>A refusal before the service looks at what was asked: not its own words, but a header.</summary>
    public ScriptedService ThenRefusesInXml(HttpStatusCode status, string code, params (string, string)[] headers) =>
        Then(
            status,
            $"""<?xml version="1.0"?><Error><Code>{code}</Code></Error>""",
            [("x-ms-error-code", code), .. headers]
        );

    /// <summary>No answer, ever.</summary>
    public ScriptedService ThenHangs()
    {
        _answers.Enqueue(async cancellation =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("An endless wait has ended.");
        });
        return this;
    }

    /// <summary>The connection breaks before an answer.</summary>
    public ScriptedService ThenBreaks()
    {
        _answers.Enqueue(_ => throw new HttpRequestException("Connection reset by peer."));
        return this;
    }

    /// <summary>Waits for the next request.</summary>
    public Task ArrivedAsync() => _arrived.WaitAsync();

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Requests.Add(request);
        Bodies.Add(request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : []);
        var answer = _answers.TryDequeue(out var next)
            ? next(cancellationToken)
            : throw FailException.ForFailure($"No answer is left for {request.Method} {request.RequestUri}.");
        _arrived.Release();
        return await answer;
    }

    protected override void Dispose(bool disposing)
    {
        _arrived.Dispose();
        base.Dispose(disposing);
    }

    private sealed class NoChance : RandomNumberGenerator
    {
        public override void GetBytes(byte[] data) => Array.Clear(data);
    }
}
