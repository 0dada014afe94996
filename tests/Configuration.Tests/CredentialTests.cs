using System.Globalization;
using Xunit;

namespace TimeTagger.Configuration.Tests;

/// <summary>Which hashes are taken as bcrypt's: what bcrypt could not check stops the start, and not the sign-in.</summary>
public sealed class CredentialTests
{
    private const string MalformedSentence =
        "--credentials: entry 2 is not of the form user:bcrypt-hash for user 'you' "
        + "(the hash has dollar signs: in a shell put single quotes around it, in a compose file write each as $$)";

    private const string CostSentence =
        "--credentials: entry 2 has a hash of cost {0} for user 'you', and bcrypt's go from 4 to 31";

    [Theory]
    [InlineData("you:", MalformedSentence)]
    [InlineData("you:b$5", MalformedSentence)]
    [InlineData("you:$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe", MalformedSentence)]
    [InlineData("you:$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeWW", MalformedSentence)]
    [InlineData("you:$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyO+W", MalformedSentence)]
    [InlineData("you:$2b$5$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeWW", MalformedSentence)]
    [InlineData("you:$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", MalformedSentence)]
    [InlineData("you:$2$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", MalformedSentence)]
    [InlineData("you:$2a$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", CostSentence, 3)]
    [InlineData("you:$2b$00$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", CostSentence, 0)]
    [InlineData("you:$2b$32$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", CostSentence, 32)]
    [InlineData("you:$2y$99$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", CostSentence, 99)]
    public void Read_MalformedHash_NamesItsUser(string entry, string sentence, int cost = 0) =>
        Assert.Equal(
            string.Format(CultureInfo.InvariantCulture, sentence, cost),
            Assert
                .Throws<ConfigurationException>(() => Given.Arguments("--credentials", $"me:{Given.Hash},{entry}"))
                .Message
        );

    [Theory]
    [InlineData("04")]
    [InlineData("31")]
    public void Read_HashOfACostThatBcryptHas_IsTaken(string cost)
    {
        var hash = $"$2b${cost}$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        Assert.Equal(hash, Given.Arguments("--credentials", $"me:{hash}").Get(Catalogue.Credentials)["me"]);
    }
}
