using System.Collections.Concurrent;

namespace TimeTagger.Storage.Tests.Azure;

/// <summary>Notes every request that goes over the wire: its method, and what it addresses.</summary>
internal sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>The requests since the last call.</summary>
    public string[] Take()
    {
        var taken = new List<string>();
        while (_requests.TryDequeue(out var request))
        {
            taken.Add(request);
        }

        return [.. taken];
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        // /account/table(…), /account/table() or /account/container/blob: the names begin with the test's own prefix.
        var name = request.RequestUri!.AbsolutePath.Split('/', '(')[2];
        _requests.Enqueue($"{request.Method} {(name.Length > 13 ? name[13..] : name)}");
        return base.SendAsync(request, cancellationToken);
    }
}
