using System.Net.Http.Headers;
using System.Text.Json;

namespace TimeTagger.Api.Tests.Server;

/// <summary>What the server answered.</summary>
internal sealed record Answer(int Status, string? ContentType, string Body, HttpResponseHeaders Headers)
{
    /// <summary>Reads the answer of a call. None may ever be a defect of ours.</summary>
    internal static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync();
            var status = (int)response.StatusCode;
            Assert.True(status < 500, $"{response.RequestMessage?.RequestUri} answered {status}: {body}");
            return new Answer(status, response.Content.Headers.ContentType?.ToString(), body, response.Headers);
        }
    }

    /// <summary>The JSON object of a success.</summary>
    internal JsonElement Json()
    {
        Assert.True(Status == 200, $"Expected 200, not {Status}: {Body}");
        Assert.Equal("application/json", ContentType);
        using var document = JsonDocument.Parse(Body, new JsonDocumentOptions { MaxDepth = 1100 });
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        return document.RootElement.Clone();
    }

    /// <summary>Asserts a refusal: its status, plain text, and the text.</summary>
    internal void AssertRefused(int status, string text)
    {
        Assert.Equal((status, text), (Status, Body));
        Assert.Equal("text/plain", ContentType);
    }

    /// <summary>Asserts a refusal whose text begins so.</summary>
    internal void AssertRefusedWith(int status, string beginning)
    {
        Assert.Equal(status, Status);
        Assert.Equal("text/plain", ContentType);
        Assert.StartsWith(beginning, Body, StringComparison.Ordinal);
    }
}
