using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace TimeTagger.Api.Tests.Server;

/// <summary>Calls the API with one account's token.</summary>
internal sealed class ApiClient(HttpClient http, string user, string? token)
{
    internal string User { get; } = user;

    internal string Token => token ?? throw new InvalidOperationException("A caller without a token.");

    /// <summary>The same server with another token, or none.</summary>
    internal ApiClient With(string? otherToken) => new(http, User, otherToken);

    /// <summary>The same token at another server.</summary>
    internal ApiClient At(HttpClient other) => new(other, User, token);

    /// <summary>Signs a user in with the test password.</summary>
    internal static async Task<ApiClient> SignInAsync(HttpClient http, string user)
    {
        var nobody = new ApiClient(http, user, null);
        var answer = await nobody.SignInAsync(Credentials.PasswordBody(user));
        return nobody.With(answer.Json().GetProperty("token").GetString());
    }

    internal Task<Answer> SignInAsync(string body) =>
        SendAsync(HttpMethod.Post, "bootstrap_authentication", new StringContent(body, Encoding.ASCII));

    /// <param name="method">The method.</param>
    /// <param name="path">What follows <c>/api/v2/</c>, with its query.</param>
    /// <param name="content">The body.</param>
    /// <param name="change">Changes the request before it leaves.</param>
    internal async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content = null,
        Action<HttpRequestMessage>? change = null
    ) => await Answer.ReadAsync(await SendOnceAsync(method, path, content, change));

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        Action<HttpRequestMessage>? change
    )
    {
        using var request = new HttpRequestMessage(method, $"/api/v2/{path}") { Content = content };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("authtoken", token);
        }

        change?.Invoke(request);
        return await http.SendAsync(request);
    }

    internal Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    internal async Task<JsonElement> GetJsonAsync(string path) => (await GetAsync(path)).Json();

    internal async Task<string> GetTokenAsync(string path) =>
        (await GetJsonAsync(path)).GetProperty("token").GetString()!;

    internal Task<Answer> PutAsync(string path, string body) => PutAsync(path, Encoding.UTF8.GetBytes(body));

    internal async Task<Answer> PutAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        return await SendAsync(HttpMethod.Put, path, content);
    }

    /// <summary>Stores items, all of which have to be accepted.</summary>
    internal async Task StoreAsync(string path, string list) => AssertAccepted(await PutAsync(path, list));

    /// <summary>Stores items, and sends them again as often and as late as an answer says.</summary>
    /// <returns>How often they were sent again.</returns>
    internal async Task<int> StorePatientlyAsync(string path, string list)
    {
        for (var again = 0; ; again++)
        {
            using var content = new StringContent(list, Encoding.UTF8);
            var response = await SendOnceAsync(HttpMethod.Put, path, content, null);
            if (response is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter.Delta: { } pause })
            {
                response.Dispose();
                await Task.Delay(pause);
                continue;
            }

            AssertAccepted(await Answer.ReadAsync(response));
            return again;
        }
    }

    private static void AssertAccepted(Answer answer)
    {
        var json = answer.Json();
        Assert.Empty(json.GetProperty("failed").EnumerateArray());
        Assert.Empty(json.GetProperty("errors").EnumerateArray());
    }

    /// <summary>A record as JSON.</summary>
    internal static string Record(string key, long mt = 10, long t1 = 100, long t2 = 200, string? ds = null) =>
        ds is null
            ? $$"""{"key":{{JsonSerializer.Serialize(key)}},"mt":{{mt}},"t1":{{t1}},"t2":{{t2}}}"""
            : $$"""{"key":{{JsonSerializer.Serialize(key)}},"mt":{{mt}},"t1":{{t1}},"t2":{{t2}},"ds":{{JsonSerializer.Serialize(ds)}}}""";

    /// <summary>A list as JSON.</summary>
    internal static string List(IEnumerable<string> items) => $"[{string.Join(',', items)}]";

    /// <summary>A list of records whose descriptions no compression makes small; their keys are <c>seed/0</c> and so on.</summary>
    /// <param name="seed">What the descriptions are made of.</param>
    /// <param name="count">How many.</param>
    /// <param name="bytes">How much is in each description.</param>
    internal static string Incompressible(int seed, int count, int bytes)
    {
        var random = new Random(seed);
        var noise = new byte[bytes];
        return List(
            Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    random.NextBytes(noise);
                    return Record($"{seed}/{i}", ds: Convert.ToBase64String(noise));
                })
        );
    }

    internal Task<Poll> PollAsync(double since) => PollAsync(since.ToString("R", CultureInfo.InvariantCulture));

    internal async Task<Poll> PollAsync(string since)
    {
        var answer = await GetJsonAsync($"updates?since={Uri.EscapeDataString(since)}");
        return new Poll(
            answer.GetProperty("server_time").GetDouble(),
            answer.GetProperty("reset").GetBoolean(),
            [.. answer.GetProperty("records").EnumerateArray()],
            [.. answer.GetProperty("settings").EnumerateArray()]
        );
    }
}

/// <summary>The answer to a poll.</summary>
internal sealed record Poll(
    double ServerTime,
    bool Reset,
    IReadOnlyList<JsonElement> Records,
    IReadOnlyList<JsonElement> Settings
)
{
    internal IEnumerable<string> RecordKeys => Records.Select(KeyOf);

    internal IEnumerable<string> SettingKeys => Settings.Select(KeyOf);

    internal static string KeyOf(JsonElement item) => item.GetProperty("key").GetString()!;

    internal static double StOf(JsonElement item) => item.GetProperty("st").GetDouble();
}
