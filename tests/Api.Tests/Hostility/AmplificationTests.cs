using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Hostility;

/// <summary>Few bytes that name much: they must not make an account larger than what can be loaded.</summary>
public sealed class AmplificationTests
{
    [Fact]
    public async Task Put_ALargeSettingRefusedManyTimes_LeavesAnAccountThatASmallServerCanLoad()
    {
        using var data = new DataFolder();
        ApiClient account;
        await using (var first = await StartAsync(data))
        {
            account = await ApiClient.SignInAsync(first.Http, Credentials.User(1));
            var large = new string('x', 8180);
            await account.StoreAsync("settings", $$"""[{"key":"a","mt":1,"value":"{{large}}"}]""");
            foreach (var item in new[] { """{"key":"a"}""", """{"key":"a","mt":0,"value":1}""" })
            {
                var put = await account.PutAsync("settings", ApiClient.List(Enumerable.Repeat(item, 20_000)));
                Assert.Equal(200, put.Status);
            }

            Assert.Single((await account.PollAsync("0")).Settings);
        }

        await using var second = await StartAsync(data);
        Assert.Single((await account.At(second.Http).PollAsync("0")).Settings);
    }

    [Fact]
    public async Task Get_AThousandTagsOfRecordsFullOfThem_HindersNobody()
    {
        using var data = new DataFolder();
        await using var server = await StartAsync(data);
        var account = await ApiClient.SignInAsync(server.Http, Credentials.User(1));
        var description = string.Concat(Enumerable.Repeat("#b", 126)) + "#a";
        await account.PutAsync(
            "records",
            ApiClient.List(Enumerable.Range(0, 10_000).Select(i => ApiClient.Record($"{i}", ds: description)))
        );

        var tags = string.Join(',', Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? "a" : "b"));
        var found = await account.GetAsync($"records?timerange=0-999999&tag={tags}");

        Assert.Equal(10_000, found.Json().GetProperty("records").GetArrayLength());
    }

    private static Task<ServerProcess> StartAsync(DataFolder data) =>
        ServerProcess.StartAsync(
            data.Path,
            ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers),
            ("TIMETAGGER_MEMORY_MB", "64")
        );
}
