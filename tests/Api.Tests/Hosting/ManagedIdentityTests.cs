using System.Net;
using System.Text;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Hosting;

/// <summary>As whom the server signs in to its store: what it asks of the endpoint that Azure gives every instance.</summary>
public sealed class ManagedIdentityTests
{
    [Theory]
    [InlineData("11111111-2222-3333-4444-555555555555")]
    [InlineData(null)]
    public async Task FirstCall_OfAnAccountsName_AsksForTheIdentityThatIsSet(string? client)
    {
        using var data = new DataFolder();
        using var endpoint = new HttpListener();
        var address = $"http://127.0.0.1:{ServerProcess.FreePort()}/identity/";
        endpoint.Prefixes.Add(address);
        endpoint.Start();
        var asked = AskedAsync(endpoint);
        await using var server = await ServerProcess.StartAsync(
            data.Path,
            ("TIMETAGGER_STORAGE", "azure"),
            ("TIMETAGGER_STORAGE_ACCOUNT", "nobodys0account"),
            ("TIMETAGGER_STORAGE_CONNECTION", null),
            ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers),
            ("IDENTITY_ENDPOINT", address),
            ("IDENTITY_HEADER", "a"),
            ("AZURE_CLIENT_ID", client)
        );
        Assert.False(asked.IsCompleted); // not before it is needed

        await Assert.ThrowsAnyAsync<Exception>(() => ApiClient.SignInAsync(server.Http, Credentials.User(1)));

        var query = (await asked.WaitAsync(ServerProcess.Patience)).QueryString;
        Assert.Equal("https://storage.azure.com", query["resource"]);
        Assert.Equal(client, query["client_id"]);
    }

    /// <summary>The first request; every one is refused, so that no token ever leaves this machine.</summary>
    private static async Task<HttpListenerRequest> AskedAsync(HttpListener endpoint)
    {
        var first = await endpoint.GetContextAsync();
        Answer(first);
        _ = RefuseAsync(endpoint);
        return first.Request;
    }

    private static async Task RefuseAsync(HttpListener endpoint)
    {
        while (endpoint.IsListening)
        {
            Answer(await endpoint.GetContextAsync());
        }
    }

    private static void Answer(HttpListenerContext context)
    {
        context.Response.StatusCode = 400;
        context.Response.ContentType = "application/json";
        context.Response.Close(Encoding.UTF8.GetBytes("""{"statusCode":400,"message":"none"}"""), willBlock: false);
    }
}
