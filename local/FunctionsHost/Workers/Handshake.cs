using System.Text.Json;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Rpc;
using TimeTagger.FunctionsHost.Rpc.Messages;

namespace TimeTagger.FunctionsHost.Workers;

/// <summary>What a worker says of itself before it gets calls.</summary>
/// <param name="Capabilities">What it can do, by names that both sides know.</param>
/// <param name="Functions">Its functions.</param>
/// <param name="LoadErrors">Those that it could not load, by their ids, with the reason.</param>
internal sealed record Introduction(
    IReadOnlyDictionary<string, string> Capabilities,
    IReadOnlyList<RpcFunctionMetadata> Functions,
    IReadOnlyDictionary<string, string> LoadErrors
)
{
    /// <summary>Whether it sends its log lines to whom they are for itself, so that the host leaves them out of its own log.</summary>
    public bool SendsItsLogs => Capabilities.ContainsKey("WorkerOpenTelemetryEnabled");
}

/// <summary>The first words between the host and a worker: what it can do, its functions, and that it is to load them.</summary>
/// <param name="stream">The stream that the worker has opened.</param>
/// <param name="package">What it was started from.</param>
/// <param name="onLog">Gets what the worker logs meanwhile.</param>
internal sealed class Handshake(WorkerStream stream, Package package, Action<RpcLog> onLog)
{
    /// <summary>The version of the host that this emulator was modelled on.</summary>
    public const string HostVersion = "4.1037.0.0";

    /// <exception cref="WorkerGoneException">The worker ended, or said that it cannot work.</exception>
    /// <exception cref="InvalidAppException">What it reports of its functions is not what the host understands.</exception>
    public async Task<Introduction> PerformAsync(CancellationToken cancellation)
    {
        stream.Send(
            new StreamingMessage
            {
                WorkerInitRequest = new WorkerInitRequest
                {
                    HostVersion = HostVersion,
                    WorkerDirectory = package.Root,
                    FunctionAppDirectory = package.Root,
                    Capabilities = { ["V2Compatibility"] = "True", ["MultiStream"] = "True" },
                },
            }
        );
        var started = await HearAsync(message => message.WorkerInitResponse, cancellation);
        ThrowUnlessSuccess(started.Result);

        stream.Send(
            new StreamingMessage
            {
                FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = package.Root },
            }
        );
        var metadata = await HearAsync(message => message.FunctionMetadataResponse, cancellation);
        ThrowUnlessSuccess(metadata.Result);

        var errors = await LoadAsync(
            [.. metadata.FunctionMetadataResults.Select(ReadLoadRequest)],
            started.Capabilities.ContainsKey("AcceptsListOfFunctionLoadRequests"),
            cancellation
        );
        return new Introduction(started.Capabilities, metadata.FunctionMetadataResults, errors);
    }

    private async Task<IReadOnlyDictionary<string, string>> LoadAsync(
        IReadOnlyList<FunctionLoadRequest> requests,
        bool asList,
        CancellationToken cancellation
    )
    {
        List<FunctionLoadResponse> responses = [];
        if (asList)
        {
            var list = new FunctionLoadRequestCollection { FunctionLoadRequests = { requests } };
            stream.Send(new StreamingMessage { FunctionLoadRequestCollection = list });
            var answer = await HearAsync(message => message.FunctionLoadResponseCollection, cancellation);
            responses.AddRange(answer.FunctionLoadResponses);
        }
        else
        {
            foreach (var request in requests)
            {
                stream.Send(new StreamingMessage { FunctionLoadRequest = request });
            }

            while (responses.Count < requests.Count)
            {
                responses.Add(await HearAsync(message => message.FunctionLoadResponse, cancellation));
            }
        }

        return responses
            .Where(response => response.Result?.Status != StatusResult.Types.Status.Success)
            .ToDictionary(response => response.FunctionId, response => Why(response.Result), StringComparer.Ordinal);
    }

    private static FunctionLoadRequest ReadLoadRequest(RpcFunctionMetadata reported)
    {
        try
        {
            return LoadRequest(reported);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidAppException($"{reported.Name}: {e.Message}");
        }
    }

    // The host understands the bindings, and tells them to the worker again in its own words.
    private static FunctionLoadRequest LoadRequest(RpcFunctionMetadata reported)
    {
        var metadata = new RpcFunctionMetadata
        {
            Name = reported.Name,
            Directory = reported.Directory,
            EntryPoint = reported.EntryPoint,
            ScriptFile = reported.ScriptFile,
        };
        foreach (var binding in reported.RawBindings.Select(Binding.Parse))
        {
            metadata.Bindings[binding.Name] = new BindingInfo
            {
                Type = binding.Type,
                Direction = Enum.Parse<BindingInfo.Types.Direction>(binding.Direction, ignoreCase: true),
                DataType = Enum.Parse<BindingInfo.Types.DataType>(binding.DataType, ignoreCase: true),
                Properties = { new Dictionary<string, string>(binding.Properties, StringComparer.Ordinal) },
            };
        }

        return new FunctionLoadRequest { FunctionId = reported.FunctionId, Metadata = metadata };
    }

    private async Task<T> HearAsync<T>(Func<StreamingMessage, T?> wanted, CancellationToken cancellation)
        where T : class
    {
        await foreach (var message in stream.Received.ReadAllAsync(cancellation))
        {
            if (message.RpcLog is { } log)
            {
                onLog(log);
            }
            else if (wanted(message) is { } heard)
            {
                return heard;
            }
        }

        throw new WorkerGoneException("The worker hung up");
    }

    private static void ThrowUnlessSuccess(StatusResult? result)
    {
        if (result?.Status != StatusResult.Types.Status.Success)
        {
            throw new WorkerGoneException($"The worker cannot start: {Why(result)}");
        }
    }

    private static string Why(StatusResult? result) =>
        result?.Exception?.Message is { Length: > 0 } message ? message : result?.Result ?? "it does not say why";
}

/// <summary>There is no worker, or none any more.</summary>
internal sealed class WorkerGoneException(string message) : Exception(message);
