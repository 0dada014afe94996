using System.Net;
using Microsoft.AspNetCore.Http;
using TimeTagger.Api.Limits;

namespace TimeTagger.Api.Tests.Limits;

/// <summary>Who calls, by what the program before the handler says.</summary>
public sealed class CallerAddressTests
{
    private static readonly IPAddress Peer = IPAddress.Loopback;

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData(" 203.0.113.9 ", "203.0.113.9")]
    [InlineData("203.0.113.9:50123", "203.0.113.9")]
    [InlineData("198.51.100.1, 203.0.113.9:50123", "203.0.113.9")]
    [InlineData("198.51.100.1,203.0.113.9", "203.0.113.9")]
    [InlineData("nonsense, 203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("[::ffff:203.0.113.9]:50123", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("[2001:db8:1:2:3:4:5:6]", "2001:db8:1:2::/64")]
    [InlineData("[2001:db8:1:2:ffff::1]:50123", "2001:db8:1:2::/64")]
    [InlineData("172.15.255.255", "172.15.255.255")]
    [InlineData("100.128.0.1", "100.128.0.1")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    public void Of_PublicAddress_IsTheLastOne(string forwarded, string expected)
    {
        Assert.Equal(expected, Of(inAzure: true, forwarded));
        Assert.Equal(expected, Of(inAzure: false, forwarded));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.9.9.9:80", "127.9.9.9")]
    [InlineData("203.0.113.9, 10.0.0.4", "10.0.0.4")]
    [InlineData("172.16.0.1", "172.16.0.1")]
    [InlineData("172.31.255.255", "172.31.255.255")]
    [InlineData("192.168.1.2", "192.168.1.2")]
    [InlineData("::ffff:192.168.1.2", "192.168.1.2")]
    [InlineData("169.254.130.1", "169.254.130.1")]
    [InlineData("100.64.0.1", "100.64.0.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("::1", "::/64")]
    [InlineData("[fd12::1]:80", "fd12::/64")]
    [InlineData("fe80::1", "fe80::/64")]
    public void Of_AddressThatIsNotPublic_IsNobodyInAzure(string forwarded, string expectedElsewhere)
    {
        Assert.Null(Of(inAzure: true, forwarded));
        Assert.Equal(expectedElsewhere, Of(inAzure: false, forwarded));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("unknown")]
    [InlineData("203.0.113.9, ")]
    [InlineData("203.0.113.9, unknown")]
    [InlineData("203.0.113.9:99999")]
    [InlineData("[203.0.113.9")]
    public void Of_NothingThatCanBeRead_IsThePeer(string forwarded)
    {
        Assert.Null(Of(inAzure: true, forwarded));
        Assert.Equal("127.0.0.1", Of(inAzure: false, forwarded));
    }

    [Fact]
    public void Of_NoHeader_IsThePeer() => Assert.Equal("127.0.0.1", Of(inAzure: false));

    [Fact]
    public void Of_SeveralHeaders_IsTheLastOfTheLast() =>
        Assert.Equal("203.0.113.9", Of(inAzure: true, "198.51.100.1", "198.51.100.2, 203.0.113.9"));

    [Fact]
    public void Of_NoPeerEither_IsNobody() => Assert.Null(CallerAddress.Of(new DefaultHttpContext(), inAzure: false));

    private static string? Of(bool inAzure, params string[] forwarded)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = Peer } };
        context.Request.Headers["X-Forwarded-For"] = forwarded;
        return CallerAddress.Of(context, inAzure);
    }
}
