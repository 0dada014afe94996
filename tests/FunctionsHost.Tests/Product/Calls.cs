using System.Net;
using System.Text;
using System.Text.Json;

namespace TimeTagger.FunctionsHost.Tests.Product;

/// <summary>Calls of the product's API.</summary>
internal static class Calls
{
    /// <summary>A web token of a user of <see cref="PackageOfTheProduct"/>.</summary>
    internal static async Task<string> SignInAsync(HttpClient http, string user)
    {
        using var answer = await TrySignInAsync(
            http,
            $$"""{"method":"usernamepassword","username":"{{user}}","password":"U*U"}"""
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("token").GetString()!;
    }

    internal static async Task<HttpResponseMessage> TrySignInAsync(
        HttpClient http,
        string proof,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/bootstrap_authentication");
        request.Content = new StringContent(Convert.ToBase64String(Encoding.UTF8.GetBytes(proof)));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request);
    }

    internal static async Task<JsonElement> CallAsync(
        HttpClient http,
        HttpMethod method,
        string path,
        string token,
        string? body = null
    )
    {
        using var answer = await SendAsync(http, method, $"/api/v2/{path}", token, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    internal static async Task<HttpResponseMessage> SendAsync(
        HttpClient http,
        HttpMethod method,
        string target,
        string? token,
        string? body = null
    )
    {
        using var request = new HttpRequestMessage(method, target);
        request.Content = body is null ? null : new StringContent(body);
        if (token is not null)
        {
            request.Headers.Add("authtoken", token);
        }

        return await http.SendAsync(request);
    }

    /// <summary>A call as bytes, which nobody mends.</summary>
    internal static async Task<string> RawAsync(int port, string request)
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    internal static string Record(string key) =>
        $$"""[{"key":{{JsonSerializer.Serialize(key)}},"mt":1,"t1":100,"t2":200}]""";

    internal static List<string> Keys(JsonElement answer) =>
        [.. answer.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("key").GetString()!)];
}
