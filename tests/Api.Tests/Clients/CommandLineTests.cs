using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Clients;

/// <summary>What the two known command-line clients send: timetagger_cli and better-timetagger-cli.</summary>
public sealed class CommandLineTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Years2000To3000 = "946684800-32503680000";

    [Rule("13.2")]
    [Fact]
    public async Task TimetaggerCli_StartAndStop_WorksWithFloatsAndItsOwnOldMt()
    {
        var program = await NewProgramAsync();
        var now = Jwt.Now;

        // start: mt is the time with its decimals, st is 0; the keys are in its order.
        await program.StoreAsync(
            "records",
            $$"""[{"key": "k1", "t1": {{now}}, "t2": {{now}}, "mt": {{now}}.8437126, "st": 0, "ds": "Caf\u00e9 #client"}]"""
        );
        var running = Assert.Single(await RecordsAsync(program, $"{now - 35 * 60}-{now + 60}"));
        Assert.Equal(now, running["mt"]!.GetValue<long>());
        Assert.Equal("Café #client", running["ds"]!.GetValue<string>());

        // stop: the record as it was received, only its end changed. At equal mt the one that comes last stays.
        running["t2"] = now + 10;
        await program.StoreAsync("records", new JsonArray(running).ToJsonString());

        var stopped = Assert.Single(await RecordsAsync(program, $"{now - 35 * 60}-{now + 60}"));
        Assert.Equal(now + 10, stopped["t2"]!.GetValue<long>());
    }

    [Rule("13.2")]
    [Fact]
    public async Task TimetaggerCli_WhatStartedLongAgoAndRuns_IsFoundInTheLast35Minutes()
    {
        var program = await NewProgramAsync();
        var now = Jwt.Now;
        await program.StoreAsync(
            "records",
            $"[{ApiClient.Record("old", now, now - 90_000, now - 90_000)}, {ApiClient.Record("ended", now, now - 90_000, now - 80_000)}]"
        );

        var found = await RecordsAsync(program, $"{now - 35 * 60}-{now + 60}");

        Assert.Equal(["old"], found.Select(record => record["key"]!.GetValue<string>()));
    }

    [Rule("13.2")]
    [Fact]
    public async Task TimetaggerCli_Diagnose_ReadsEverythingOnce()
    {
        var program = await NewProgramAsync();
        await program.StoreAsync(
            "records",
            $"[{ApiClient.Record("a", ds: "HIDDEN x")}, {ApiClient.Record("b", t1: 9, t2: 5)}]"
        );

        var records = (await program.GetJsonAsync("updates?since=0")).GetProperty("records").EnumerateArray();

        Assert.Equal(["a", "b"], records.Select(Poll.KeyOf));
    }

    [Rule("13.3")]
    [Fact]
    public async Task BetterCli_RecordWithItsOwnFields_IsStoredWithoutThem()
    {
        var program = await NewProgramAsync();
        var now = Jwt.Now;

        await program.StoreAsync(
            "records",
            $$"""
            [{"key": "k", "mt": {{now}}, "t1": {{now
                - 60}}, "t2": {{now}}, "ds": "#a", "st": 0.0, "_running": false, "_duration": 60}]
            """
        );

        var record = Assert.Single(await RecordsAsync(program, Years2000To3000));
        Assert.Equal(["key", "mt", "t1", "t2", "ds", "st"], record.Select(field => field.Key));
    }

    [Rule("13.3")]
    [Fact]
    public async Task BetterCli_RangeTurnedRound_AsksForWhatCoversIt()
    {
        var program = await NewProgramAsync();
        string[] records =
        [
            ApiClient.Record("around", t1: 1_000_000_000, t2: 1_000_009_000),
            ApiClient.Record("inside", t1: 1_000_004_000, t2: 1_000_005_000),
            ApiClient.Record("beside", t1: 1_000_000_000, t2: 1_000_004_000),
        ];
        await program.StoreAsync("records", ApiClient.List(records));

        var found = await RecordsAsync(program, "1000006000-1000003000");

        Assert.Equal(["around"], found.Select(record => record["key"]!.GetValue<string>()));
        Assert.Equal(3, (await RecordsAsync(program, Years2000To3000)).Count);
    }

    [Rule("13.3")]
    [Fact]
    public async Task BetterCli_Import_IsToldOfEachRecord()
    {
        var program = await NewProgramAsync();

        var answer = (
            await program.PutAsync(
                "records",
                $$"""[{{ApiClient.Record("good")}}, {"key": "bad", "mt": 1}, {"mt": 1}]"""
            )
        ).Json();

        Assert.Equal(["accepted", "failed", "errors"], answer.EnumerateObject().Select(field => field.Name));
        Assert.Equal("""["good"]""", answer.GetProperty("accepted").GetRawText());
        Assert.Equal("""["bad"]""", answer.GetProperty("failed").GetRawText());
        Assert.Equal(2, answer.GetProperty("errors").GetArrayLength());
    }

    [Rule("13.3")]
    [Fact]
    public async Task BetterCli_Follow_ContinuesFromTheFloatItWasGiven()
    {
        var program = await NewProgramAsync();
        var since = "0";
        for (var i = 0; i < 5; i++)
        {
            await program.StoreAsync("records", $"[{ApiClient.Record($"k{i}")}]");

            var answer = await program.GetJsonAsync($"updates?since={since}");

            Assert.Equal([$"k{i}"], answer.GetProperty("records").EnumerateArray().Select(Poll.KeyOf));

            // As Python writes a float that it read: the shortest text that is the same number.
            since = answer.GetProperty("server_time").GetDouble().ToString("R", CultureInfo.InvariantCulture);
        }
    }

    private async Task<ApiClient> NewProgramAsync()
    {
        var account = await fixture.NewAccountAsync();
        return account.With(await account.GetTokenAsync("apitoken"));
    }

    private static async Task<List<JsonObject>> RecordsAsync(ApiClient program, string range)
    {
        var answer = await program.GetJsonAsync($"records?timerange={range}");
        return [.. answer.GetProperty("records").EnumerateArray().Select(record => JsonObject.Create(record)!)];
    }
}
