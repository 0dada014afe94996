using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using Google.Protobuf;
using Google.Protobuf.Collections;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;
using TimeTagger.FunctionsHost.Rpc.Messages;

namespace TimeTagger.FunctionsHost.Queues;

/// <summary>What a function gets of a message.</summary>
internal static class QueueValues
{
    /// <param name="request">The call.</param>
    /// <param name="function">Whose binding it is for.</param>
    /// <param name="message">The message as it lies in the queue.</param>
    /// <param name="content">What the message says, decoded.</param>
    public static void Add(InvocationRequest request, QueueFunction function, QueueMessage message, BinaryData content)
    {
        var metadata = request.TriggerMetadata;
        metadata["DequeueCount"] = TypedValues.Number(message.DequeueCount);
        metadata["ExpirationTime"] = TypedValues.Time(message.ExpiresOn);
        metadata["Id"] = TypedValues.Text(message.MessageId);
        metadata["InsertionTime"] = TypedValues.Time(message.InsertedOn);
        metadata["NextVisibleTime"] = TypedValues.Time(message.NextVisibleOn);
        metadata["PopReceipt"] = TypedValues.Text(message.PopReceipt);
        var isBinary = "binary".Equals(function.Trigger.DataType, StringComparison.OrdinalIgnoreCase);
        var data =
            function.Trigger.IsDeferred ? Deferred(message, content)
            : isBinary ? new TypedData { Bytes = ByteString.CopyFrom(content.ToMemory().Span) }
            : new TypedData { String = content.ToString() };
        request.InputData.Add(new ParameterBinding { Name = function.Trigger.Name, Data = data });
        if (data.DataCase == TypedData.DataOneofCase.String)
        {
            Overwrite(metadata, data.String);
        }
    }

    // For a function that wants the message as the client library has it.
    private static TypedData Deferred(QueueMessage message, BinaryData content)
    {
        var json = new JsonObject
        {
            ["MessageId"] = message.MessageId,
            ["PopReceipt"] = message.PopReceipt,
            ["MessageText"] = content.ToString(),
            ["DequeueCount"] = message.DequeueCount,
            ["NextVisibleOn"] = message.NextVisibleOn,
            ["InsertedOn"] = message.InsertedOn,
            ["ExpiresOn"] = message.ExpiresOn,
        };
        return new TypedData
        {
            ModelBindingData = new ModelBindingData
            {
                Version = "1.0",
                Source = "AzureStorageQueues",
                ContentType = "application/json",
                Content = ByteString.CopyFromUtf8(json.ToJsonString()),
            },
        };
    }

    // The host lets the fields of a JSON message take the place of its own, whatever their case.
    private static void Overwrite(MapField<string, TypedData> metadata, string text)
    {
        JsonObject? message;
        try
        {
            message = JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return;
        }

        foreach (var (name, value) in message ?? [])
        {
            if (value is not JsonArray)
            {
                var own = metadata.Keys.FirstOrDefault(key => name.Equals(key, StringComparison.OrdinalIgnoreCase));
                metadata[own ?? name] = value is JsonObject ? TypedValues.Json(value) : TypedValues.Text($"{value}");
            }
        }
    }
}
