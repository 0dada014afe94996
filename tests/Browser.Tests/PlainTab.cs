using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using TimeTagger.TestSupport;

namespace TimeTagger.Browser.Tests;

/// <summary>
/// A tab as a person has it, of which the newest hides the others. Playwright lets each page believe that it is looked at,
/// and the browser stops none that is.
/// </summary>
internal sealed class PlainTab : IDisposable
{
    private static readonly HttpClient Http = new();

    private readonly ClientWebSocket _socket = new();
    private int _sent;

    private PlainTab() { }

    /// <summary>Opens a tab in front of the others.</summary>
    public static async Task<PlainTab> OpenAsync(ChromiumProcess browser, string address)
    {
        var opened = await Http.PutAsync(new Uri(browser.Address, $"json/new?{address}"), null);
        var target = await opened.Content.ReadFromJsonAsync<JsonElement>();
        var tab = new PlainTab();
        await tab._socket.ConnectAsync(
            new Uri(target.GetProperty("webSocketDebuggerUrl").GetString()!),
            CancellationToken.None
        );
        return tab;
    }

    /// <summary>Stops the page as a browser does that saves energy, or lets it go on.</summary>
    public Task FreezeAsync(bool isFrozen) =>
        SendAsync("Page.setWebLifecycleState", new() { ["state"] = isFrozen ? "frozen" : "active" });

    /// <summary>What an expression gives, as text.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        var answer = await SendAsync(
            "Runtime.evaluate",
            new()
            {
                ["expression"] = $"(async () => String(await ({expression})))()",
                ["awaitPromise"] = true,
                ["returnByValue"] = true,
            }
        );
        // An exception, which happens between two pages, has no value of its own.
        return answer?["result"]?["value"]?.ToString() ?? "";
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string expression)
    {
        var started = Stopwatch.GetTimestamp();
        while (await EvaluateAsync(expression) != "true")
        {
            if (Stopwatch.GetElapsedTime(started) > LocalProgram.Patience)
            {
                throw new TimeoutException(
                    $"{expression} is not true; {await EvaluateAsync("document.body.innerText")}"
                );
            }
            await Task.Delay(50);
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends a command and gives its result. One at a time: no events are asked for, so the next message is it.</summary>
    private async Task<JsonNode?> SendAsync(string method, JsonObject parameters)
    {
        using var late = new CancellationTokenSource(LocalProgram.Patience);
        var command = new JsonObject
        {
            ["id"] = ++_sent,
            ["method"] = method,
            ["params"] = parameters,
        };
        await _socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(command),
            WebSocketMessageType.Text,
            endOfMessage: true,
            late.Token
        );
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), late.Token);
            message.Write(buffer, 0, part.Count);
        } while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray())?["result"];
    }
}
