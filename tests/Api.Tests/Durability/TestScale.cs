using System.Globalization;

namespace TimeTagger.Api.Tests.Durability;

/// <summary>How much the durability tests do. <c>TIMETAGGER_TEST_SCALE=5</c> does five times as much as a build does.</summary>
internal static class TestScale
{
    internal static int Times(int count) =>
        count
        * int.Parse(Environment.GetEnvironmentVariable("TIMETAGGER_TEST_SCALE") ?? "1", CultureInfo.InvariantCulture);
}
