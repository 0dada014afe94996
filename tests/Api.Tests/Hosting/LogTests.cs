using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Hosting;

/// <summary>The log says what was called and how it went, and nothing that belongs to a person.</summary>
public sealed class LogTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Trace")]
    [InlineData("Logging__LogLevel__Microsoft.AspNetCore.Server.Kestrel", "Trace")]
    public async Task Log_AtItsMostDetailed_HoldsNoTokenNoDescriptionAndNoQuery(string? variable, string? value)
    {
        using var data = new DataFolder();
        string[] secrets;
        string output;
        await using (
            var server = await ServerProcess.StartAsync(
                data.Path,
                ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers),
                ("TIMETAGGER_LOG_LEVEL", "debug"),
                ("AzureFunctionsJobHost__logging__logLevel__default", "Debug"), // where there is a host between
                (variable ?? "UNUSED", value)
            )
        )
        {
            var account = await ApiClient.SignInAsync(server.Http, Credentials.User(1));
            var program = account.With(await account.GetTokenAsync("apitoken"));
            await account.StoreAsync("records", $"[{ApiClient.Record("secret-key", ds: "secret-words #secret-tag")}]");
            await account.StoreAsync("settings", """[{"key":"secret-name","mt":1,"value":"secret-value"}]""");
            await program.GetAsync("records?timerange=0-9&tag=secret-tag");
            await account.GetAsync("updates?since=secret-since");
            await account.GetAsync("secret-path?secret-query");
            await account.PutAsync("records", "[\"secret-body\"");
            await account.PutAsync("records", """[{"key":"secret-key","mt":"secret-mt","t1":1,"t2":1}]""");
            await account.With("secret-token").GetAsync("version");
            await account.SignInAsync(Credentials.PasswordBody("secret-user", "secret-password"));
            await new RawHttp(server.Port).SendTextAsync(
                "GET /secret-broken HTTP/1.1\r\nHost: a\r\nsecret-header\r\n\r\n"
            );

            server.CloseInput();
            Assert.Equal(0, await server.ExitCodeAsync());
            output = server.Output + server.Error;
            secrets =
            [
                account.Token,
                program.Token,
                Jwt.Seed(account.Token),
                Jwt.Seed(program.Token),
                "secret-",
                "U*U",
            ];
        }

        Assert.Contains("GET /api/v2/updates 400", output, StringComparison.Ordinal);
        Assert.Contains("PUT /api/v2/records 200", output, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, output, StringComparison.Ordinal));
    }
}
