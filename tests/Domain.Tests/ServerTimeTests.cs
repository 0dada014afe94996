using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
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

    [Fact]
    public void Seconds_ReadBackFromText_AreExactlyTheSame() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue)
                    .Select(low => new ServerTime(17_000_000_000_000 + low * 997L))
                    .ToArbitrary(),
                time =>
                    double.Parse(time.ToString(), CultureInfo.InvariantCulture) == time.Seconds
                    && time.Next.Seconds > time.Seconds
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void From_AClockReading_RoundsDownToAStep() =>
        Assert.Equal(
            new ServerTime(17_953_763_751_789),
            ServerTime.From(DateTimeOffset.UnixEpoch.AddTicks(17_953_763_751_789_999))
        );
}
