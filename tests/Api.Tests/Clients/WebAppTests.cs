using System.Text;
using System.Text.Json;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Clients;

/// <summary>What the web app of the original sends and looks at.</summary>
[Rule("13.1")]
public sealed class WebAppTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Sync_OfAnEdit_IsPushedAndComesBackOnce()
    {
        var account = await fixture.NewAccountAsync();
        var since = await TimeOfAsync(account, "0");

        await account.StoreAsync(
            "settings",
            """[{"key":"tag_info #client","st":0,"mt":1760000000,"value":{"color":"#c40","targets":{}}}]"""
        );
        await account.StoreAsync(
            "records",
            """[{"key":"aB3dE5gH","st":0,"mt":1760000000,"t1":1760000000,"t2":1760000000,"ds":"Mail #client"}]"""
        );

        var poll = await account.GetJsonAsync($"updates?since={since}");
        Assert.Equal(["aB3dE5gH"], poll.GetProperty("records").EnumerateArray().Select(Poll.KeyOf));
        Assert.Equal(["tag_info #client"], poll.GetProperty("settings").EnumerateArray().Select(Poll.KeyOf));
        Assert.True(Poll.StOf(poll.GetProperty("records")[0]) > 0);
        Assert.Equal(JsonValueKind.False, poll.GetProperty("reset").ValueKind);
        var next = await account.GetJsonAsync($"updates?since={poll.GetProperty("server_time").GetRawText()}");
        Assert.Empty(next.GetProperty("records").EnumerateArray());
    }

    [Fact]
    public async Task Push_OfADescriptionThatIsTooLong_NamesTheKeyToDropAndWhy()
    {
        var account = await fixture.NewAccountAsync();

        // The app cuts at 256, the server refuses 256.
        var answer = (await account.PutAsync("records", $"[{ApiClient.Record("a", ds: new string('x', 256))}]")).Json();

        Assert.Equal("""["a"]""", answer.GetProperty("failed").GetRawText());
        Assert.Equal("String values must be less than 256 chars.", answer.GetProperty("errors")[0].GetString());
    }

    [Theory]
    [InlineData("user-7")]
    [InlineData("Zoë 🙂~>?ÿ")]
    public async Task Token_ReadAsTheAppReadsIt_HasUserAndExpiry(string user)
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            data.Path,
            ("TIMETAGGER_CREDENTIALS", $"{user}:{Credentials.Hash2B}")
        );
        var account = await ApiClient.SignInAsync(server.Http, user);

        // As the app does: '_' is turned back, '-' is not.
        var payload = account.Token.Split('.')[1].Replace('_', '/');
        var bytes = Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '='));
        using var claims = JsonDocument.Parse(bytes);

        Assert.Equal(user, claims.RootElement.GetProperty("username").GetString());
        Assert.True(claims.RootElement.GetProperty("expires").GetInt64() > Jwt.Now);
        Assert.All(bytes, part => Assert.InRange(part, (byte)' ', (byte)'~'));
    }

    [Fact]
    public async Task LogOut_OfAllDevices_IsToldWithTheWordThatMakesThemForget()
    {
        var account = await fixture.NewAccountAsync();
        var other = account.With(await account.GetTokenAsync("webtoken"));
        await account.GetTokenAsync("webtoken?reset=1");

        var answer = await other.GetAsync("updates?since=0");

        Assert.Equal(401, answer.Status);
        Assert.Contains("revoked", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_AsTheLogInPageDoes_GivesAToken()
    {
        var body = Convert.ToBase64String(
            Encoding.UTF8.GetBytes(
                JsonSerializer.Serialize(
                    new
                    {
                        method = "usernamepassword",
                        username = fixture.NewUser(),
                        password = Credentials.Password,
                    }
                )
            )
        );
        using var content = new StringContent(body, Encoding.UTF8, "text/plain");

        var answer = await fixture.Nobody.SendAsync(HttpMethod.Post, "bootstrap_authentication", content);

        Assert.Equal(["token"], answer.Json().EnumerateObject().Select(field => field.Name));
    }

    private static async Task<string> TimeOfAsync(ApiClient account, string since) =>
        (await account.GetJsonAsync($"updates?since={since}")).GetProperty("server_time").GetRawText();
}
