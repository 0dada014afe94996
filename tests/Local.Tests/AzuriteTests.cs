using System.Text;
using System.Text.Json;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>The product on Azure's storage emulator, which it starts, stops and keeps data with.</summary>
public sealed class AzuriteTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _site = new();
    private readonly string _bind = $"127.0.0.1:{LocalProgram.FreePort()}";
    private readonly HttpClient _client;

    public AzuriteTests() => _client = new HttpClient { BaseAddress = new Uri($"http://{_bind}/api/v2/") };

    public void Dispose()
    {
        _client.Dispose();
        _data.Dispose();
        _site.Dispose();
    }

    /// <summary>
    /// TERM stops the front, which stops the others; INT comes to all of them at once, as from a terminal; KILL ends the
    /// front, and the others see that it is gone.
    /// </summary>
    [Fact]
    public async Task Storage_Azurite_KeepsRecordsAndLeavesNoProcessHoweverItEnds()
    {
        string[] signals = ["TERM", "INT", "KILL"];
        foreach (var (signal, i) in signals.Select((signal, i) => (signal, i)))
        {
            await using var program = await StartAsync();
            if (i == 0)
            {
                await SignInAsync();
            }

            var keys = signals.Take(i).Select(earlier => $"before {earlier}").ToList();
            Assert.Equal(keys, await KeysAsync());
            await PutAsync($"before {signal}");
            await EndAsync(program, signal);
        }

        await using var last = await StartAsync();
        Assert.Equal(signals.Select(signal => $"before {signal}"), await KeysAsync());
        Assert.False(File.Exists(Path.Combine(_data.Path, "timetagger.db")));
    }

    private static async Task EndAsync(LocalProgram program, string signal)
    {
        var children = program.Descendants();
        Assert.Contains(children, id => ProcessTable.CommandLine(id).Contains("azurite", StringComparison.Ordinal));
        Assert.Contains(children, id => ProcessTable.CommandLine(id).Contains("Api", StringComparison.Ordinal));

        int[] signalled = signal == "INT" ? [program.Id, .. children] : [program.Id];
        await Task.WhenAll(signalled.Select(id => ProcessTable.SignalAsync(id, signal)));

        var code = await program.ExitAsync();
        Assert.Equal(signal == "KILL" ? 137 : 0, code);
        await Task.WhenAll(children.Select(ProcessTable.EndedAsync));
    }

    private async Task<LocalProgram> StartAsync()
    {
        string[] where = ["--bind", _bind, "--datadir", _data.Path, "--site", _site.Path];
        var program = LocalProgram.Start([.. where, "--storage", "azurite"]);
        await program.RunningAsync();
        return program;
    }

    private async Task SignInAsync()
    {
        using var proof = new StringContent(Convert.ToBase64String("""{"method":"localhost"}"""u8));
        using var answer = await _client.PostAsync("bootstrap_authentication", proof);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        _client.DefaultRequestHeaders.Add("authtoken", json.RootElement.GetProperty("token").GetString());
    }

    private async Task PutAsync(string key)
    {
        using var record = new StringContent($$"""[{"key":"{{key}}","mt":1,"t1":1,"t2":2}]""", Encoding.UTF8);
        using var answer = await _client.PutAsync("records", record);
        Assert.Contains(
            $"\"accepted\":[\"{key}\"]",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    // In the order in which they were stored.
    private async Task<List<string>> KeysAsync()
    {
        using var json = JsonDocument.Parse(await _client.GetStringAsync("updates?since=0"));
        return
        [
            .. json
                .RootElement.GetProperty("records")
                .EnumerateArray()
                .OrderBy(record => record.GetProperty("st").GetDouble())
                .Select(record => record.GetProperty("key").GetString()!),
        ];
    }
}
