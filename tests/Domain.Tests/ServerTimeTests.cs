using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace TimeTagger.Domain.Tests;

public sealed class ServerTimeTests
{
    [Theory]
    [InlineData(17_953_763_751_789, "1795376375.1789")]
    [InlineData(17_953_763_750_000, "1795376375.0000")]
    [InlineData(-10_000, "-1.0000")]
    [InlineData(0, "0.0000")]
    public void ToString_AnyTime_HasFourDecimals(long steps, string expected) =>
        Assert.Equal(expected, new ServerTime(steps).ToString());

    [Property(Arbitrary = [typeof(Times)])]
    public bool Seconds_ReadBackFromText_AreExactlyTheSame(ServerTime time) =>
        double.Parse(time.ToString(), CultureInfo.InvariantCulture) == time.Seconds && time.Next.Seconds > time.Seconds;

    [Fact]
    public void From_AClockReading_RoundsDownToAStep() =>
        Assert.Equal(
            new ServerTime(17_953_763_751_789),
            ServerTime.From(DateTimeOffset.UnixEpoch.AddTicks(17_953_763_751_789_999))
        );

    // Between 2023 and 2030.
    private static class Times
    {
        public static Arbitrary<ServerTime> Time() =>
            Gen.Choose(0, int.MaxValue).Select(low => new ServerTime(17_000_000_000_000 + (low * 997L))).ToArbitrary();
    }
}
