using System.Net;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>Who calls, for the limit of failed calls: the other end of the socket, whatever a call says.</summary>
public sealed class CallerAddressTests
{
    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    [InlineData("X-Real-IP")]
    public async Task WrongPasswords_FromAddressesThatTheCallerMakesUp_AreCountedForOne(string header)
    {
        await using var started = new Started();
        using var client = await started.RunAsync("--rate_address=40");

        Assert.Equal(HttpStatusCode.Forbidden, await WrongAsync("203.0.113.1"));
        Assert.Equal(HttpStatusCode.Forbidden, await WrongAsync("203.0.113.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await WrongAsync("203.0.113.3"));

        async Task<HttpStatusCode> WrongAsync(string address) =>
            (
                await client.SignInAsync(
                    """{"method":"usernamepassword","username":"ada","password":"wrong"}""",
                    (header, header == "Forwarded" ? $"for={address}" : address)
                )
            ).Status;
    }
}
