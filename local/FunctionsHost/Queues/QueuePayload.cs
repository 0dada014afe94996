using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;

namespace TimeTagger.FunctionsHost.Queues;

/// <summary>What a function gets of a message.</summary>
internal static class QueuePayload
{
    /// <param name="function">Whose binding it is for.</param>
    /// <param name="message">The message as it lies in the queue.</param>
    /// <param name="content">What the message says, decoded.</param>
    /// <param name="now">The time.</param>
    public static JsonObject Of(QueueFunction function, QueueMessage message, byte[] content, DateTimeOffset now)
    {
        var metadata = new JsonObject
        {
            ["DequeueCount"] = PayloadValues.Plain(message.DequeueCount),
            ["ExpirationTime"] = PayloadValues.Time(message.ExpiresOn),
            ["Id"] = PayloadValues.Text(message.MessageId),
            ["InsertionTime"] = PayloadValues.Time(message.InsertedOn),
            ["NextVisibleTime"] = PayloadValues.Time(message.NextVisibleOn),
            ["PopReceipt"] = PayloadValues.Text(message.PopReceipt),
            ["sys"] = PayloadValues.Sys(function.Name, now),
        };
        if (function.IsBinary)
        {
            return Payload(JsonValue.Create(Convert.ToBase64String(content)));
        }

        var text = Encoding.UTF8.GetString(content);
        Overwrite(metadata, text);
        return Payload(PayloadValues.Text(text));

        JsonObject Payload(JsonNode data) =>
            new()
            {
                ["Data"] = new JsonObject { [function.Trigger] = data },
                ["Metadata"] = metadata,
            };
    }

    // The host lets the fields of a JSON message take the place of its own, whatever their case.
    private static void Overwrite(JsonObject metadata, string text)
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
            if (value is JsonArray)
            {
                continue;
            }

            var own = metadata.FirstOrDefault(field => name.Equals(field.Key, StringComparison.OrdinalIgnoreCase)).Key;
            metadata[own ?? name] = value is JsonObject ? value.DeepClone() : PayloadValues.Text($"{value}");
        }
    }
}
