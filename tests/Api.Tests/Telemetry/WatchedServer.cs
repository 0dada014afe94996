using System.Net;
using System.Text.Json;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>A server that sends telemetry, from its start to its end: by then it has sent all.</summary>
internal static class WatchedServer
{
    /// <summary>The user's name; it, the password and whatever else begins with <see cref="Mark"/> must never be sent.</summary>
    internal const string User = "secret-person ä";

    /// <summary>What everything that a person writes begins with.</summary>
    internal const string Mark = "secret";

    internal const string Password = Credentials.CutPassword;

    /// <param name="exporting">The variables that say where to send it.</param>
    /// <param name="storage">How it reaches its storage.</param>
    /// <param name="use">What is done with it.</param>
    internal static async Task RunAsync(
        IEnumerable<(string Name, string? Value)> exporting,
        string storage,
        Func<ServerProcess, Task> use
    )
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            data.Path,
            [
                ("TIMETAGGER_CREDENTIALS", $"{User}:{Credentials.CutHash}"),
                ("TIMETAGGER_LOG_LEVEL", "debug"),
                ("TIMETAGGER_STORAGE", "azure"),
                ("TIMETAGGER_STORAGE_CONNECTION", storage),
                .. exporting,
            ]
        );
        await use(server);
        server.CloseInput();
        Assert.Equal(0, await server.ExitCodeAsync());
    }

    /// <summary>Signs the user in; what comes back may be any status.</summary>
    /// <param name="server">Where.</param>
    /// <param name="change">Changes the request before it leaves.</param>
    internal static async Task<(HttpStatusCode Status, string Body)> SignInAsync(
        ServerProcess server,
        Action<HttpRequestMessage>? change = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/bootstrap_authentication");
        request.Content = new StringContent(Credentials.PasswordBody(User, Password));
        change?.Invoke(request);
        using var answer = await server.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The user, signed in.</summary>
    internal static async Task<ApiClient> SignedInAsync(ServerProcess server)
    {
        var (status, body) = await SignInAsync(server);
        Assert.True(status == HttpStatusCode.OK, body);
        return new ApiClient(
            server.Http,
            User,
            JsonSerializer.Deserialize<JsonElement>(body).GetProperty("token").GetString()
        );
    }

    /// <summary>Lets a request go on with a trace.</summary>
    internal static Action<HttpRequestMessage> Traced(string trace) =>
        request => request.Headers.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");
}
