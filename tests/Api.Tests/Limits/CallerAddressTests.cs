using System.Net;
using Microsoft.AspNetCore.Http;
using TimeTagger.Api.Limits;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Limits;

/// <summary>Who calls, by the peer.</summary>
[NotUnderFunctions("It starts no server.")]
public sealed class CallerAddressTests
{
    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("172.15.255.255", "172.15.255.255")]
    [InlineData("100.128.0.1", "100.128.0.1")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    public void Of_PublicAddress_IsTheAddressOrTheHome(string peer, string expected)
    {
        Assert.Equal(expected, Of(inAzure: true, peer));
        Assert.Equal(expected, Of(inAzure: false, peer));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("10.0.0.4", "10.0.0.4")]
    [InlineData("172.16.0.1", "172.16.0.1")]
    [InlineData("172.31.255.255", "172.31.255.255")]
    [InlineData("192.168.1.2", "192.168.1.2")]
    [InlineData("::ffff:192.168.1.2", "192.168.1.2")]
    [InlineData("169.254.130.1", "169.254.130.1")]
    [InlineData("100.64.0.1", "100.64.0.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("::1", "::/64")]
    [InlineData("fd12::1", "fd12::/64")]
    [InlineData("fe80::1", "fe80::/64")]
    public void Of_AddressThatIsNotPublic_IsNobodyInAzure(string peer, string expectedElsewhere)
    {
        Assert.Null(Of(inAzure: true, peer));
        Assert.Equal(expectedElsewhere, Of(inAzure: false, peer));
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Real-IP")]
    [InlineData("Forwarded")]
    public void Of_WhateverTheCallerSays_IsThePeer(string header) =>
        Assert.Equal("203.0.113.9", Of(inAzure: false, "203.0.113.9", (header, "198.51.100.1")));

    [Fact]
    public void Of_NoPeer_IsNobody() => Assert.Null(CallerAddress.Of(new DefaultHttpContext(), inAzure: false));

    private static string? Of(bool inAzure, string peer, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(peer) } };
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        return CallerAddress.Of(context, inAzure);
    }
}
