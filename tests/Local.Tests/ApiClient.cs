using System.Net;
using System.Text;
using System.Text.Json;

namespace TimeTagger.Local.Tests;

/// <summary>A client of the API at the printed address.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _client;

    public ApiClient(string bind, string path = "/api/v2/")
    {
        // Names of people go out as a proxy would send them.
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        _client = new HttpClient(handler) { BaseAddress = new Uri($"http://{bind}{path}") };
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Signs in as whoever is on this computer, and stays signed in.</summary>
    public async Task SignInHereAsync()
    {
        var (status, text) = await SignInAsync("""{"method":"localhost"}""");
        Use(status == HttpStatusCode.OK ? text : throw new InvalidOperationException(text));
    }

    /// <summary>Tries to sign in.</summary>
    public async Task<(HttpStatusCode Status, string Text)> SignInAsync(
        string proof,
        params IEnumerable<(string Name, string Value)> headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "bootstrap_authentication")
        {
            Content = new StringContent(Convert.ToBase64String(Encoding.UTF8.GetBytes(proof))),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Stays signed in with the token of an answer.</summary>
    public void Use(string signedIn)
    {
        using var json = JsonDocument.Parse(signedIn);
        _client.DefaultRequestHeaders.Remove("authtoken");
        _client.DefaultRequestHeaders.Add("authtoken", json.RootElement.GetProperty("token").GetString());
    }

    /// <summary>Stores a record.</summary>
    public async Task PutAsync(string key)
    {
        var (_, text) = await PutAsync(new StringContent(Record(key), Encoding.UTF8));
        if (!text.Contains($"\"accepted\":[\"{key}\"]", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(text);
        }
    }

    public async Task<(HttpStatusCode Status, string Text)> PutAsync(HttpContent records)
    {
        using var answer = await _client.PutAsync("records", records);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The keys of all records, in the order in which they were stored.</summary>
    public async Task<List<string>> KeysAsync()
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

    /// <summary>The time from which the next pull goes on, as the server wrote it.</summary>
    public async Task<string> ServerTimeAsync()
    {
        using var json = JsonDocument.Parse(await _client.GetStringAsync("updates?since=0"));
        return json.RootElement.GetProperty("server_time").GetRawText();
    }

    /// <summary>Makes every client fetch everything anew.</summary>
    public async Task ForceResetAsync()
    {
        using var answer = await _client.PutAsync("forcereset", null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What is new since a time, and whether that is everything there is.</summary>
    public async Task<(bool IsReset, List<string> Keys)> PullAsync(string since)
    {
        using var json = JsonDocument.Parse(await _client.GetStringAsync($"updates?since={since}"));
        var records = json.RootElement.GetProperty("records").EnumerateArray();
        return (
            json.RootElement.GetProperty("reset").GetBoolean(),
            [.. records.Select(record => record.GetProperty("key").GetString()!)]
        );
    }

    public static string Record(string key) => $$"""[{"key":"{{key}}","mt":1,"t1":1,"t2":2}]""";
}
