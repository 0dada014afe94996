using Azure.Core;
using TimeTagger.Storage.Azure;

namespace TimeTagger.Storage.Tests.Azure;

public sealed class AzureStorageOptionsTests
{
    private const string Secret = "c2VjcmV0c2VjcmV0";

    [Fact]
    public void FromConnectionString_AccountOnly_HasItsPublicEndpoints()
    {
        var options = AzureStorageOptions.FromConnectionString(
            $"DefaultEndpointsProtocol=https;AccountName=acct;AccountKey={Secret};EndpointSuffix=core.usgovcloudapi.net"
        );

        Assert.Equal("https://acct.table.core.usgovcloudapi.net/", options.TableEndpoint.AbsoluteUri);
        Assert.Equal("https://acct.blob.core.usgovcloudapi.net/", options.BlobEndpoint.AbsoluteUri);
        Assert.Equal("https://acct.queue.core.usgovcloudapi.net/", options.QueueEndpoint.AbsoluteUri);
    }

    [Fact]
    public void FromConnectionString_DevelopmentStorage_IsTheEmulatorOfThisMachine()
    {
        var options = AzureStorageOptions.FromConnectionString("usedevelopmentstorage=TRUE;");

        Assert.Equal("http://127.0.0.1:10002/devstoreaccount1", options.TableEndpoint.AbsoluteUri);
    }

    [Fact]
    public void FromConnectionString_EndpointGiven_IsTaken()
    {
        var options = AzureStorageOptions.FromConnectionString(
            $"AccountName=a;AccountKey={Secret};TableEndpoint=https://private.example:444/x"
        );

        Assert.Equal("https://private.example:444/x", options.TableEndpoint.AbsoluteUri);
        Assert.Equal("https://a.blob.core.windows.net/", options.BlobEndpoint.AbsoluteUri);
    }

    [Theory]
    [InlineData("", "The storage connection string lacks AccountName.")]
    [InlineData($"AccountName=a", "The storage connection string lacks AccountKey.")]
    [InlineData(
        $"AccountName=a;AccountKey={Secret}!",
        "The storage connection string has an AccountKey that is not Base64."
    )]
    [InlineData(
        $"AccountName=a;{Secret}",
        "The storage connection string must be parts NAME=VALUE divided by semicolons, each name once."
    )]
    [InlineData(
        $"AccountName=a;AccountKey={Secret};TableEndpoint=nowhere",
        "The storage connection string has no usable TableEndpoint (https, or http on this machine)."
    )]
    [InlineData(
        $"UseDevelopmentStorage=true;AccountKey={Secret}",
        "The storage connection string may say UseDevelopmentStorage=true and nothing beside it."
    )]
    [InlineData(
        $"BlobEndpoint=https://a.example;SharedAccessSignature=sig={Secret}",
        "The storage connection string has a shared access signature: use an account key, or an account name and an "
            + "identity."
    )]
    public void FromConnectionString_Wrong_SaysWhatInOneSentenceWithoutTheKey(string text, string sentence)
    {
        var error = Assert.Throws<FormatException>(() => AzureStorageOptions.FromConnectionString(text));

        Assert.Equal(sentence, error.Message);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_AccountKey_IsNotShown() =>
        Assert.DoesNotContain(
            Secret,
            AzureStorageOptions.FromConnectionString($"AccountName=a;AccountKey={Secret}").ToString(),
            StringComparison.Ordinal
        );

    [Fact]
    public void FromAccount_Name_IsReachedByHttps()
    {
        Assert.Equal(
            "https://acct1.queue.core.windows.net/",
            AzureStorageOptions.FromAccount("acct1", null).QueueEndpoint.AbsoluteUri
        );
        Assert.Throws<FormatException>(() => AzureStorageOptions.FromAccount("evil.example/x", null));
    }

    [Theory]
    [InlineData("http", "https", "https")]
    [InlineData("https", "http", "https")]
    [InlineData("https", "https", "http")]
    public void FromIdentity_NotHttps_IsRefused(string table, string blob, string queue) =>
        Assert.Throws<FormatException>(() =>
            AzureStorageOptions.FromIdentity(
                new Uri(table + "://a.example"),
                new Uri(blob + "://a.example"),
                new Uri(queue + "://a.example"),
                DelegatedTokenCredential.Create((_, _) => default)
            )
        );
}
