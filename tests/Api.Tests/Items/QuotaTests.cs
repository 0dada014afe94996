using System.Globalization;
using System.Text;
using System.Text.Json;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;
using TimeTagger.Configuration;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Writing;

namespace TimeTagger.Api.Tests.Items;

/// <summary>Full accounts, as a client meets them.</summary>
[Rule("10.3")]
public sealed class QuotaTests
{
    private const int BodyBytes = 10 * 1024 * 1024;

    [Fact]
    public async Task Put_OverTheQuotaOfItems_SaysSoPerItemAndStoresTheRest()
    {
        using var data = new DataFolder();
        await using var server = await StartAsync(data, ("TIMETAGGER_QUOTA_ITEMS", "3"));
        var account = await ApiClient.SignInAsync(server.Http, Credentials.User(1));
        await account.StoreAsync("records", ApiClient.List([ApiClient.Record("a"), ApiClient.Record("b")]));
        await account.StoreAsync("settings", """[{"key":"s","mt":1,"value":1}]""");

        var put = await account.PutAsync(
            "records",
            ApiClient.List([ApiClient.Record("new"), ApiClient.Record("a", mt: 11, ds: "HIDDEN a")])
        );

        Assert.Equal(["a"], Texts(put, "accepted"));
        Assert.Equal(["new"], Texts(put, "failed"));
        Assert.StartsWith(
            "The account is full: it may hold 3 records and settings.",
            Assert.Single(Texts(put, "errors")),
            StringComparison.Ordinal
        );
        Assert.Equal(["b", "a"], (await account.PollAsync("0")).RecordKeys);
        var another = await ApiClient.SignInAsync(server.Http, Credentials.User(2));
        await another.StoreAsync("records", ApiClient.List([ApiClient.Record("new")]));
    }

    [Fact]
    public async Task Put_OverTheQuotaOfBytes_StaysFullAfterARestartAndTakesWhatIsShorter()
    {
        using var data = new DataFolder();
        var long255 = new string('x', 255);
        ApiClient account;
        int stored;
        await using (var first = await StartAsync(data, ("TIMETAGGER_QUOTA_MB", "1")))
        {
            account = await ApiClient.SignInAsync(first.Http, Credentials.User(1));
            var put = await account.PutAsync(
                "records",
                ApiClient.List(Enumerable.Range(0, 5000).Select(i => ApiClient.Record($"{i}", ds: long255)))
            );
            stored = Texts(put, "accepted").Count;
            Assert.InRange(stored, 3000, 3300);
            Assert.Equal(5000 - stored, Texts(put, "failed").Count);
            Assert.Contains(" may take 1 MiB.", Texts(put, "errors")[0], StringComparison.Ordinal);
        }

        await using var second = await StartAsync(data, ("TIMETAGGER_QUOTA_MB", "1"));
        account = account.At(second.Http);
        Assert.Equal(stored, (await account.PollAsync("0")).Records.Count);

        var again = await account.PutAsync(
            "records",
            ApiClient.List([ApiClient.Record("new", ds: long255), ApiClient.Record("0", ds: "short")])
        );

        Assert.Equal(["new"], Texts(again, "failed"));
        Assert.Equal(["0"], Texts(again, "accepted"));
    }

    [Fact]
    public async Task Put_AtTwoServersAtOnce_KeepsToTheQuotaToTheItem()
    {
        using var data = new DataFolder();
        await using var first = await StartAsync(data, ("TIMETAGGER_QUOTA_ITEMS", "20"));
        await using var second = await StartAsync(data, ("TIMETAGGER_QUOTA_ITEMS", "20"));
        var account = await ApiClient.SignInAsync(first.Http, Credentials.User(1));
        ApiClient[] clients = [account, account.At(second.Http)];

        var puts = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i => clients[i % 2].PutAsync("records", ApiClient.List([ApiClient.Record($"{i}")])))
        );

        var accepted = puts.SelectMany(put => Texts(put, "accepted")).ToList();
        Assert.Equal(20, accepted.Count);
        Assert.Equal(20, puts.Sum(put => Texts(put, "failed").Count));
        Assert.Equal(accepted.Order(), (await account.PollAsync("0")).RecordKeys.Order());
    }

    /// <summary>The shortest items there are, as many as a body holds: nothing takes more memory for its size.</summary>
    [Theory]
    [InlineData(ItemKind.Record, "\"t1\":1,\"t2\":1")]
    [InlineData(ItemKind.Setting, "\"value\":1")]
    public void Defaults_WhateverOneBodyHolds_FitsIntoAnAccount(ItemKind kind, string fields)
    {
        var settings = SettingValues.Read(Catalogue.All, ["--memory_mb=130"], _ => null);
        var quota = ApiOptions.From(ApiHost.OneMachine, settings, _ => null).Quota;
        var body = new StringBuilder("[", BodyBytes);
        for (var i = 0; body.Length < BodyBytes - 100; i++)
        {
            body.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}{{\"key\":\"{i:x}\",\"mt\":1,{fields}}}");
        }

        var submissions = PutBody.Read(kind, Encoding.UTF8.GetBytes(body.Append(']').ToString()));
        var put = Put.Merge(new AccountView(ServerTime.Never), kind, submissions, new ServerTime(1), quota);

        Assert.InRange(put.Accepted.Count, 250_000, PutBody.MaxElements);
        Assert.Empty(put.Failed);
    }

    private static Task<ServerProcess> StartAsync(DataFolder data, (string, string?) quota) =>
        ServerProcess.StartAsync(data.Path, ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers), quota);

    private static List<string> Texts(Answer put, string name) =>
        [.. put.Json().GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
