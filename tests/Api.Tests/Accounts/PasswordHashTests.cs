using System.Text;
using TimeTagger.Api.Accounts;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Accounts;

/// <summary>What existing hashes let in. They are the published vectors of bcrypt, and hashes that libxcrypt made.</summary>
[NotUnderFunctions("It starts no server.")]
public sealed class PasswordHashTests
{
    // 73 and 71 bytes of UTF-8: bcrypt sees half of the one's last letter, and all of the other.
    private static readonly string LongName = "a" + new string('é', 36);
    private static readonly string ShortName = "a" + new string('é', 35);

    private const string LongNameHash = "$2y$05$abcdefghijklmnopqrstuu3dntqd5Yy1n3VuQRr3P/EONQg/J90t.";
    private const string ShortNameHash = "$2y$05$abcdefghijklmnopqrstuuumsIvJTGrICACu294w3jvUZu0xWhRaO";

    [Theory]
    [InlineData("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("U*U", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK")]
    [InlineData("U*U*U", "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a")]
    [InlineData("U*U", "$2b$12$CCCCCCCCCCCCCCCCCCCCC.wgsDBuVnYlgJOOh/5QDniUpdm5/rfEe")]
    [InlineData("Zoë 🙂", "$2b$05$abcdefghijklmnopqrstuuW5DyGUXCVhvpbZVAhu6uHbVkT0NCcam")]
    public void Verify_Vector_IsRightForItsPasswordAlone(string password, string hash)
    {
        Assert.True(PasswordHash.Verify(password, hash));
        Assert.False(PasswordHash.Verify(password + "x", hash));
        Assert.False(PasswordHash.Verify(password[1..], hash));
        Assert.False(PasswordHash.Verify(hash, hash));
    }

    [Fact]
    public void Verify_LongPassword_CountsUpTo72BytesOfUtf8()
    {
        Assert.True(PasswordHash.Verify(Credentials.CutPassword, Credentials.CutHash));
        Assert.True(PasswordHash.Verify(Credentials.CutPassword[..72], Credentials.CutHash));
        Assert.False(PasswordHash.Verify(Credentials.CutPassword[..71], Credentials.CutHash));

        Assert.Equal((73, 71), (Encoding.UTF8.GetByteCount(LongName), Encoding.UTF8.GetByteCount(ShortName)));
        Assert.True(PasswordHash.Verify(LongName, LongNameHash));
        Assert.True(PasswordHash.Verify(LongName + "é", LongNameHash));
        Assert.False(PasswordHash.Verify(ShortName, LongNameHash));
        Assert.True(PasswordHash.Verify(ShortName, ShortNameHash));
        Assert.False(PasswordHash.Verify(ShortName + "é", ShortNameHash));
    }

    [Theory]
    [InlineData("a\0")]
    [InlineData("a\0a")] // To bcrypt the same as "a", whose key it repeats.
    [InlineData("a\0a\0a")]
    [InlineData("a\0b")]
    [InlineData("\0")]
    public void Verify_PasswordWithNul_NeverMatches(string password) =>
        Assert.False(PasswordHash.Verify(password, "$2b$04$CCCCCCCCCCCCCCCCCCCCC.f/Fm9DOYGp2ai9rjxvG4QHlhtDCuDuu"));

    [Fact]
    public void Verify_NoPassword_NeverMatchesThoughItHasAHash() =>
        Assert.False(PasswordHash.Verify("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"));

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public void WithCost_AnyHash_IsAHashOfThatCostThatNothingMatches(int cost)
    {
        var hash = PasswordHash.WithCost(Credentials.Hash2B, cost);

        Assert.Equal(cost, PasswordHash.CostOf(hash));
        Assert.False(PasswordHash.Verify(Credentials.Password, hash));
    }
}
