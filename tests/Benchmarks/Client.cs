using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TimeTagger.Benchmarks;

/// <summary>One signed-in account over HTTP.</summary>
internal sealed class Client
{
    private readonly HttpClient _http;

    private Client(HttpClient http, string token) => (_http, Token) = (http, token);

    /// <summary>What shows who asks.</summary>
    internal string Token { get; }

    internal static async Task<Client> SignInAsync(HttpClient http, int account)
    {
        var proof = JsonSerializer.Serialize(
            new Dictionary<string, string>
            {
                ["method"] = "usernamepassword",
                ["username"] = $"u{account}",
                ["password"] = Server.Password,
            }
        );
        using var body = new StringContent(Convert.ToBase64String(Encoding.UTF8.GetBytes(proof)));
        using var answer = await http.PostAsync(new Uri("api/v2/bootstrap_authentication", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["token"]!.GetValue<string>();
        return new Client(http, token);
    }

    /// <summary>Reads the answer to its end; returns its bytes.</summary>
    internal async Task<byte[]> GetAsync(string path)
    {
        using var request = Request(HttpMethod.Get, path);
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    internal async Task PutAsync(string path, byte[] body)
    {
        using var request = Request(HttpMethod.Put, path);
        request.Content = new ByteArrayContent(body);
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    internal async Task<string> ServerTimeAsync()
    {
        var answer = JsonDocument.Parse(await GetAsync("updates?since=32503680000"));
        return answer.RootElement.GetProperty("server_time").GetRawText();
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri($"api/v2/{path}", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("authtoken", Token);
        return request;
    }
}
