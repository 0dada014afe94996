using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;
using TimeTagger.FunctionsHost.Rpc.Messages;

namespace TimeTagger.FunctionsHost.ScriptedWorker;

/// <summary>The stream to the host: who the worker is, its functions, and calls of them.</summary>
internal sealed class StreamSide(Uri host, string id, Invocations invocations, Record record) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private IClientStreamWriter<StreamingMessage> _out = null!;

    public void Dispose() => _turn.Dispose();

    /// <returns>The exit code: 0 where the host asked for the end, as the SDK has it.</returns>
    public async Task<int> RunAsync(string ownAddress, string start)
    {
        using var channel = GrpcChannel.ForAddress(host);
        using var call = new FunctionRpc.FunctionRpcClient(channel).EventStream();
        _out = call.RequestStream;
        await SendAsync(new StreamingMessage { StartStream = new StartStream { WorkerId = id } });
        if (start == "hang up")
        {
            return 5;
        }

        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                if (call.ResponseStream.Current.WorkerTerminate is { } terminate && start != "stubborn")
                {
                    var seconds = terminate.GracePeriod.Seconds;
                    record.Add("terminate", new JsonObject { ["seconds"] = seconds });
                    return 0;
                }

                await HearAsync(call.ResponseStream.Current, ownAddress, start);
            }
        }
        catch (Grpc.Core.RpcException)
        {
            // The host is gone.
        }

        record.Add("orphan", []);
        return 1;
    }

    private async Task HearAsync(StreamingMessage message, string ownAddress, string start)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.WorkerInitRequest:
                await SendAsync(new StreamingMessage { WorkerInitResponse = Introduce(ownAddress, start) });
                break;
            case StreamingMessage.ContentOneofCase.FunctionsMetadataRequest:
                await SendAsync(new StreamingMessage { FunctionMetadataResponse = Functions() });
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadRequest:
                var load = Load(message.FunctionLoadRequest, asList: false, start);
                await SendAsync(new StreamingMessage { FunctionLoadResponse = load });
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadRequestCollection:
                var list = new FunctionLoadResponseCollection();
                list.FunctionLoadResponses.AddRange(
                    message.FunctionLoadRequestCollection.FunctionLoadRequests.Select(each =>
                        Load(each, asList: true, start)
                    )
                );
                await SendAsync(new StreamingMessage { FunctionLoadResponseCollection = list });
                break;
            case StreamingMessage.ContentOneofCase.InvocationCancel:
                invocations[message.InvocationCancel.InvocationId].Cancelled.TrySetResult();
                break;
            case StreamingMessage.ContentOneofCase.InvocationRequest:
                _ = AnswerAsync(message.InvocationRequest);
                break;
        }
    }

    private static WorkerInitResponse Introduce(string ownAddress, string start)
    {
        var response = new WorkerInitResponse
        {
            Result = start == "refuse" ? Failure("there is a setting missing") : Success,
            Capabilities =
            {
                ["HttpUri"] = ownAddress,
                ["HandlesWorkerTerminateMessage"] = "True",
                ["HandlesInvocationCancelMessage"] = "True",
            },
        };
        if (start == "no http")
        {
            response.Capabilities.Remove("HttpUri");
        }

        if (start == "list")
        {
            response.Capabilities["AcceptsListOfFunctionLoadRequests"] = "True";
        }

        return response;
    }

    // Where the SDK has the work of a generator, this worker has a file: names with their bindings.
    private static FunctionMetadataResponse Functions()
    {
        var folder = Environment.GetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY")!;
        var functions = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "functions.json")))!;
        var response = new FunctionMetadataResponse { Result = Success };
        foreach (var (name, bindings) in functions)
        {
            var function = new RpcFunctionMetadata
            {
                Name = name,
                FunctionId = $"id of {name}",
                EntryPoint = $"Entry.{name}",
                ScriptFile = "Scripted.dll",
                Language = "dotnet-isolated",
            };
            function.RawBindings.AddRange(((JsonArray)bindings!).Select(binding => binding!.ToJsonString()));
            response.FunctionMetadataResults.Add(function);
        }

        return response;
    }

    private FunctionLoadResponse Load(FunctionLoadRequest request, bool asList, string start)
    {
        _names[request.FunctionId] = request.Metadata.Name;
        record.Add(
            "load",
            new JsonObject
            {
                ["name"] = request.Metadata.Name,
                ["entryPoint"] = request.Metadata.EntryPoint,
                ["asList"] = asList,
                ["bindings"] = JsonSerializer.SerializeToNode(
                    request.Metadata.Bindings.Select(each =>
                        $"{each.Key}: {each.Value.Type} {each.Value.Direction} {each.Value.DataType}"
                    )
                ),
            }
        );
        return new FunctionLoadResponse
        {
            FunctionId = request.FunctionId,
            Result = start == $"break {request.Metadata.Name}" ? Failure("broken") : Success,
        };
    }

    private async Task AnswerAsync(InvocationRequest request)
    {
        var name = _names[request.FunctionId];
        var data = request.InputData.Single().Data;
        record.Add("call", Describe(request, name, data));
        var invocation = invocations[request.InvocationId];
        var failure =
            data.DataCase == TypedData.DataOneofCase.Http
                ? await invocation.Result.Task
                : await FollowAsync(TextOf(data), request, invocation);
        foreach (var (level, text) in invocation.Lines)
        {
            await LogAsync(request.InvocationId, (RpcLog.Types.Level)level, text);
        }

        await SendAsync(
            new StreamingMessage
            {
                InvocationResponse = new InvocationResponse
                {
                    InvocationId = request.InvocationId,
                    Result = failure is null ? Success : Failure(failure),
                },
            }
        );
    }

    /// <returns>Why the call failed, or null.</returns>
    private static async Task<string?> FollowAsync(string script, InvocationRequest request, Invocation invocation)
    {
        switch (script)
        {
            case "fail":
                return "it had to";
            case "die":
                Environment.Exit(7);
                break;
            case "slow":
                await Task.Delay(TimeSpan.FromSeconds(1.5));
                break;
            case "stay":
                await Task.Delay(Timeout.Infinite);
                break;
            case "until cancelled":
                await invocation.Cancelled.Task;
                return "cancelled";
            case "second time" when request.TriggerMetadata["DequeueCount"].Json == "1":
                return "not yet";
        }

        return null;
    }

    // A timer is told what to do by the environment.
    private static string TextOf(TypedData data) =>
        data.DataCase switch
        {
            TypedData.DataOneofCase.Bytes => data.Bytes.ToStringUtf8(),
            TypedData.DataOneofCase.String => data.String,
            TypedData.DataOneofCase.ModelBindingData => data.ModelBindingData.Content.ToStringUtf8(),
            _ => Environment.GetEnvironmentVariable("SCRIPT_TIMER") ?? "",
        };

    private static JsonObject Describe(InvocationRequest request, string name, TypedData data)
    {
        var metadata = new JsonObject();
        foreach (var (key, value) in request.TriggerMetadata)
        {
            metadata[key] = value.DataCase == TypedData.DataOneofCase.Json ? JsonNode.Parse(value.Json) : value.String;
        }

        return new JsonObject
        {
            ["function"] = name,
            ["id"] = request.InvocationId,
            ["parameter"] = request.InputData.Single().Name,
            ["form"] = $"{data.DataCase}",
            ["data"] = data.DataCase == TypedData.DataOneofCase.Json ? JsonNode.Parse(data.Json) : TextOf(data),
            ["route"] = JsonSerializer.SerializeToNode(data.Http?.Params.ToDictionary()),
            ["metadata"] = metadata,
            ["traceParent"] = request.TraceContext?.TraceParent,
            ["traceState"] = request.TraceContext?.TraceState,
        };
    }

    private async Task LogAsync(string invocation, RpcLog.Types.Level level, string text) =>
        await SendAsync(
            new StreamingMessage
            {
                RpcLog = new RpcLog
                {
                    InvocationId = invocation,
                    Category = "Scripted",
                    Level = level,
                    Message = text,
                },
            }
        );

    private async Task SendAsync(StreamingMessage message)
    {
        await _turn.WaitAsync();
        try
        {
            await _out.WriteAsync(message);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static StatusResult Success => new() { Status = StatusResult.Types.Status.Success };

    private static StatusResult Failure(string message) =>
        new()
        {
            Status = StatusResult.Types.Status.Failure,
            Exception = new Rpc.Messages.RpcException { Message = message },
        };
}
