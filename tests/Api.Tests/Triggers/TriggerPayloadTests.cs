using System.Text.Json;
using TimeTagger.Api.Triggers;

namespace TimeTagger.Api.Tests.Triggers;

public sealed class TriggerPayloadTests
{
    [Theory]
    [InlineData("\"bC5ZV1Jo\"", "l.YWRh")]
    [InlineData("\"\\\"l.YWRh\\\"\"", "l.YWRh")]
    [InlineData("\"w6Q=\"", "ä")]
    [InlineData("\"IngiIA==\"", "\"x\" ")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    public void MessageOf_EveryWayTheHostHasOfSayingIt_IsTheText(string value, string expected)
    {
        using var document = JsonDocument.Parse(value);

        Assert.Equal(expected, TriggerPayload.MessageOf(document.RootElement));
    }
}
