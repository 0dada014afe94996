using System.Globalization;
using System.Text;
using System.Text.Json;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Contract;

/// <summary>The examples of docs/api, sent to the server: what it answers is what the page shows.</summary>
public sealed class ExamplesTests : IAsyncLifetime
{
    private const string User = "ada";

    // What the page shows for a value that the server makes, and what it was this time.
    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);
    private ServerProcess _server = null!;

    internal DataFolder Data { get; } = new();

    public static TheoryData<string> PagesWithExamples =>
        [.. ApiDocuments.Pages.Where(page => ApiDocuments.Examples(page).Count > 0)];

    public async Task InitializeAsync() =>
        _server = await ServerProcess.StartAsync(Data.Path, ("TIMETAGGER_CREDENTIALS", $"{User}:{Credentials.Hash2B}"));

    public async Task DisposeAsync()
    {
        using var _ = Data;
        await _server.DisposeAsync();
    }

    [Fact]
    public void Pages_WithExamples_AreMost() => Assert.InRange(PagesWithExamples.Count, 9, 20);

    [Theory]
    [MemberData(nameof(PagesWithExamples))]
    public async Task Example_SentToTheServer_IsAnsweredAsThePageShows(string page)
    {
        var account = await ApiClient.SignInAsync(_server.Http, User);
        _made["<web token>"] = account.Token;
        _made["<API token>"] = await account.GetTokenAsync("apitoken");
        foreach (var (request, shown) in ApiDocuments.Examples(page))
        {
            var (head, body) = Parts(shown);
            var answer = await SendAsync(request);

            Assert.Equal(int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture), answer.Status);
            Assert.Equal([$"Content-Type: {answer.ContentType}"], head[1..]);
            if (answer.Status == 200)
            {
                using var expected = JsonDocument.Parse(body);
                Compare(expected.RootElement, answer.Json());
            }
            else
            {
                Assert.Equal(body.TrimEnd(), answer.Body);
            }
        }
    }

    private async Task<Answer> SendAsync(string text)
    {
        var (head, body) = Parts(text);
        foreach (var (shown, actual) in _made)
        {
            head = [.. head.Select(line => line.Replace(shown, actual, StringComparison.Ordinal))];
        }

        var line = head[0].Split(' ');
        using var request = new HttpRequestMessage(new HttpMethod(line[0]), line[1])
        {
            Content = new StringContent(body, Encoding.UTF8),
        };
        foreach (var header in head[1..])
        {
            var parts = header.Split(": ", 2);
            Assert.True(request.Headers.TryAddWithoutValidation(parts[0], parts[1]));
        }

        return await Answer.ReadAsync(await _server.Http.SendAsync(request));
    }

    private static (string[] Head, string Body) Parts(string text) =>
        text.Split("\n\n", 2) is [var head, var body] ? (head.Split('\n'), body) : (text.TrimEnd().Split('\n'), "");

    private void Compare(JsonElement shown, JsonElement actual)
    {
        Assert.Equal(shown.ValueKind, actual.ValueKind);
        switch (shown.ValueKind)
        {
            case JsonValueKind.Object:
                var fields = actual.EnumerateObject().ToList();
                Assert.Equal(shown.EnumerateObject().Select(field => field.Name), fields.Select(field => field.Name));
                Assert.All(shown.EnumerateObject().Zip(fields), pair => Compare(pair.First.Value, pair.Second.Value));
                break;
            case JsonValueKind.Array:
                Assert.Equal(shown.GetArrayLength(), actual.GetArrayLength());
                Assert.All(
                    shown.EnumerateArray().Zip(actual.EnumerateArray()),
                    pair => Compare(pair.First, pair.Second)
                );
                break;
            case JsonValueKind.Number when shown.GetRawText() is [.., '.', _, _, _, _] time:
                // The same where the page shows the same: it is made once.
                Assert.Equal(
                    _made.TryAdd(time, actual.GetRawText()) ? actual.GetRawText() : _made[time],
                    actual.GetRawText()
                );
                break;
            case JsonValueKind.String when shown.GetString() is [.. var beginning, '…']:
                Assert.StartsWith(beginning, actual.GetString(), StringComparison.Ordinal);
                break;
            default:
                Assert.Equal(shown.GetRawText(), actual.GetRawText());
                break;
        }
    }
}
