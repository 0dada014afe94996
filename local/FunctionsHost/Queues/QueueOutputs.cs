using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;

namespace TimeTagger.FunctionsHost.Queues;

/// <summary>Sends what functions put out to queues. Nothing is taken back when something later fails.</summary>
internal sealed class QueueOutputs(QueueOptions options)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <exception cref="InvocationException">An output cannot be a message.</exception>
    /// <exception cref="Azure.RequestFailedException">A queue did not take one.</exception>
    public async Task SendAsync(Function function, FunctionResult result, CancellationToken cancellation)
    {
        foreach (var output in function.Outputs.OfType<QueueOutput>())
        {
            var value = result.For(output);
            foreach (var message in value is JsonArray list ? [.. list] : new[] { value })
            {
                if (message is not null)
                {
                    await SendAsync(output, TextOf(output, message), cancellation);
                }
            }
        }
    }

    private static async Task SendAsync(QueueOutput output, string text, CancellationToken cancellation)
    {
        var queue = new QueueClient(output.Connection, output.Queue);
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await queue.SendMessageAsync(text, cancellation);
    }

    private string TextOf(QueueOutput output, JsonNode message)
    {
        var bytes =
            message.GetValueKind() == JsonValueKind.String
                ? BytesOf(message.GetValue<string>())
                : Encoding.UTF8.GetBytes(message.ToJsonString(Indented));
        try
        {
            return options.IsBase64 ? Convert.ToBase64String(bytes) : StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvocationException($"its output {output.Name} was taken for Base64, and is no text");
        }
    }

    // A text that happens to be valid Base64 is decoded.
    private static byte[] BytesOf(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length]
            : Encoding.UTF8.GetBytes(text);
    }
}
