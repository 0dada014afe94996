using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;
using TimeTagger.Domain;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Api.Tests.Routing;

/// <summary>Whoever has an answer is told that it still holds, and only then.</summary>
[Rule("2.9")]
public sealed class AnswerTagTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Records = "records?timerange=0-1000";

    [Theory]
    [InlineData("updates?since=0")]
    [InlineData(Records)]
    [InlineData("settings")]
    public async Task Get_WithTheTagOfTheLastAnswer_Is304UntilTheAccountChanges(string path)
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", ApiClient.List([ApiClient.Record("a")]));
        var first = await account.GetAsync(path);
        var tag = TagOf(first);

        var same = await AskAsync(account, path, tag);

        Assert.StartsWith("W/\"", tag, StringComparison.Ordinal);
        Assert.Equal((304, "", null), (same.Status, same.Body, same.ContentType));
        Assert.Equal(tag, TagOf(same));
        Assert.Equal(["Accept-Encoding"], same.Headers.Vary);
        Assert.True(same.Headers.CacheControl?.NoStore);

        await account.StoreAsync("records", ApiClient.List([ApiClient.Record("b")]));
        var changed = await AskAsync(account, path, tag);
        Assert.Equal(200, changed.Status);
        Assert.NotEqual(tag, TagOf(changed));

        await account.SendAsync(HttpMethod.Put, "forcereset");
        Assert.Equal(200, (await AskAsync(account, path, TagOf(changed))).Status);
    }

    [Fact]
    public async Task IfNoneMatch_HoweverItIsWritten_IsComparedWeakly()
    {
        var account = await fixture.NewAccountAsync();
        var tag = TagOf(await account.GetAsync("settings"));

        foreach (var known in new[] { tag, tag[2..], $"\"x\", {tag}", $"W/\"x\",{tag},\"y\"", "*" })
        {
            var answer = await AskAsync(account, "settings", known);
            Assert.Equal((known, 304), (known, answer.Status));
            Assert.Equal(tag, TagOf(answer));
        }

        foreach (var other in new[] { "", "\"x\"", tag[2..].Trim('"'), $"{tag[..^1]}x\"", "\"*\"", "W/", "\"", ",,," })
        {
            var answer = await AskAsync(account, "settings", other);
            Assert.Equal((other, 200), (other, answer.Status));
        }
    }

    [Theory]
    [InlineData("updates", "*", 400)]
    [InlineData("updates?since=x", "*", 400)]
    [InlineData("records?timerange=1", "*", 400)]
    [InlineData("unknown", "*", 404)]
    [InlineData("version", "*", 200)]
    [InlineData("webtoken", "*", 200)]
    public async Task Get_WhatIsRefusedOrHasNoTag_IsAnsweredAsAlways(string path, string known, int status)
    {
        var account = await fixture.NewAccountAsync();
        var tag = TagOf(await account.GetAsync(Records));

        foreach (var knownTag in new[] { known, tag })
        {
            var answer = await AskAsync(account, path, knownTag);

            Assert.Equal(status, answer.Status);
            Assert.Null(answer.Headers.ETag);
        }
    }

    [Fact]
    public async Task Get_WithTheTagOfAnotherAccountOrQuestion_IsAnswered()
    {
        var account = await fixture.NewAccountAsync();
        var other = await fixture.NewAccountAsync();
        var tag = TagOf(await account.GetAsync(Records));

        Assert.Equal(200, (await AskAsync(other, Records, tag)).Status);
        Assert.Equal(200, (await AskAsync(account, Records + "&running=1", tag)).Status);
        Assert.Equal(200, (await AskAsync(account, "settings?timerange=0-1000", tag)).Status);
        Assert.Equal(304, (await AskAsync(account, Records, tag)).Status);
    }

    [Fact]
    public async Task Get_WithTheTagButWithoutAValidToken_IsRefused()
    {
        var account = await fixture.NewAccountAsync();
        var tag = TagOf(await account.GetAsync(Records));
        await account.GetTokenAsync("webtoken?reset=1");

        var answer = await AskAsync(account, Records, tag);

        answer.AssertRefusedWith(401, "unauthorized: The webtoken is revoked");
        Assert.Null(answer.Headers.ETag);
    }

    [Fact]
    public async Task Put_WithTheTag_StoresAllTheSame()
    {
        var account = await fixture.NewAccountAsync();
        using var content = new StringContent(ApiClient.List([ApiClient.Record("a")]));

        var answer = await account.SendAsync(HttpMethod.Put, "records", content, request => Know(request, "*"));

        Assert.Equal(200, answer.Status);
        Assert.Single((await account.PollAsync("0")).Records);
    }

    [Fact]
    public async Task Get_AtAServerThatWasStartedAgain_HasTheSameTag()
    {
        using var data = new DataFolder();
        ApiClient account;
        string tag;
        await using (var first = await StartAsync(data))
        {
            account = await ApiClient.SignInAsync(first.Http, Credentials.User(1));
            await account.StoreAsync("records", ApiClient.List([ApiClient.Record("a")]));
            tag = TagOf(await account.GetAsync(Records));
        }

        await using var second = await StartAsync(data);

        Assert.Equal(304, (await AskAsync(account.At(second.Http), Records, tag)).Status);
    }

    [Fact]
    public async Task Answer_WhileAnotherCommits_HasTheTagOfWhatWasBefore()
    {
        using var data = new DataFolder();
        await using var storage = EmbeddedStorage.Open(data.Database, TimeProvider.System);
        var journal = Journal(storage, TimeProvider.System);
        using var account = await journal.OpenAsync(AccountKey.Local("a"), "a", "k", default);

        var (before, _) = await AnswerAsync(account, null, () => Task.CompletedTask);
        var (during, _) = await AnswerAsync(account, null, () => PutAsync("while it is answered"));
        var (_, isLoaded) = await AnswerAsync(account, during, () => Task.CompletedTask);

        Assert.Equal(before, during);
        Assert.True(isLoaded);
        var (after, _) = await AnswerAsync(account, null, () => Task.CompletedTask);
        Assert.NotEqual(before, after);
        Assert.Equal((after, false), await AnswerAsync(account, after, () => Task.CompletedTask));

        Task PutAsync(string key) =>
            journal.PutAsync(account, "web", ItemKind.Record, [Submission.Of(new Record(key, 1, 1, 2, null))], default);
    }

    [Fact]
    public async Task Answers_OfAccountsMadeInTheSameMoment_HaveDifferentTags()
    {
        using var data = new DataFolder();
        var clock = new FakeTimeProvider();
        await using var storage = EmbeddedStorage.Open(data.Database, clock);
        var journal = Journal(storage, clock);
        using var account = await journal.OpenAsync(AccountKey.Local("a"), "a", "k", default);
        using var other = await journal.OpenAsync(AccountKey.Local("b"), "b", "k", default);
        Assert.Equal(account.Newest, other.Newest);

        var (tag, _) = await AnswerAsync(account, null, () => Task.CompletedTask);

        Assert.True((await AnswerAsync(other, tag, () => Task.CompletedTask)).IsLoaded);
    }

    private static AccountJournal Journal(EmbeddedStorage storage, TimeProvider clock) =>
        new(storage.Account, new MemoryBudget(1 << 26, clock), clock, RandomNumberGenerator.Create());

    /// <summary>Asks through the filter alone.</summary>
    /// <returns>The tag of the answer, and whether the endpoint was asked at all.</returns>
    private static async Task<(string Tag, bool IsLoaded)> AnswerAsync(
        AccountReading account,
        string? known,
        Func<Task> meanwhile
    )
    {
        var isLoaded = false;
        var context = new DefaultHttpContext();
        context.Features.Set(new Caller(account, "a", TokenKind.Web));
        context.Request.Headers.IfNoneMatch = known;

        var result = await AnswerTag.AnswerAsync(
            EndpointFilterInvocationContext.Create(context),
            async _ =>
            {
                isLoaded = true;
                await meanwhile();
                return Results.Text("answer");
            }
        );
        if (!isLoaded)
        {
            await ((IResult)result!).ExecuteAsync(context);
        }

        return (context.Response.Headers.ETag.ToString(), isLoaded);
    }

    private static string TagOf(Answer answer) => answer.Headers.ETag!.ToString();

    private static Task<Answer> AskAsync(ApiClient account, string path, string known) =>
        account.SendAsync(HttpMethod.Get, path, change: request => Know(request, known));

    private static void Know(HttpRequestMessage request, string known) =>
        request.Headers.TryAddWithoutValidation("If-None-Match", known);

    private static Task<ServerProcess> StartAsync(DataFolder data) =>
        ServerProcess.StartAsync(data.Path, ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers));
}
