using TimeTagger.Api.Tests.Server;
using TimeTagger.Configuration;
using TimeTagger.Domain;
using TimeTagger.Tests;
using Xunit.Abstractions;

namespace TimeTagger.Api.Tests.Durability;

/// <summary>
/// Whoever holds what an account was at any cursor, and takes in the answer to it, has what a client has that fetches
/// everything, whichever server wrote and whichever answers.
/// </summary>
[Collection(nameof(Proofs))]
public sealed class SyncTests(ProofStores stores, ITestOutputHelper output)
{
    private const int Steps = 40;
    private const int Keys = 8;
    private const double Step = 0.0001;

    [Theory]
    [InlineData(StorageKind.Embedded)]
    [InlineData(StorageKind.Azurite)]
    public async Task Updates_FromEveryCursorAtEveryServer_LeadToWhatAFullSyncGives(StorageKind kind)
    {
        var (histories, answers, resets) = (ProofScale.Times(1), 0, 0);
        using var store = await stores.OpenAsync(kind);
        await using var first = await store.StartServerAsync();
        await using var second = await store.StartServerAsync();
        for (var seed = 0; seed < histories; seed++)
        {
            var account = await store.NewAccountAsync(first);
            var clients = await WriteAsync(account, account.At(second.Http), new Random(seed));

            // A server that knows nothing has to read all that the others remember.
            await using var third = await store.StartServerAsync();
            var all = await account.At(third.Http).PollAsync("-1");
            Assert.True(all.Reset);
            foreach (var server in new[] { first, second, third })
            {
                foreach (var (cursor, held, mustReset) in clients)
                {
                    var poll = await account.At(server.Http).PollAsync(cursor);
                    Assert.Equal((all.ServerTime, mustReset), (poll.ServerTime, poll.Reset));

                    // What a client has that nobody sent must go at a reset, and only then.
                    var ghost = new SortedDictionary<string, string>(held, StringComparer.Ordinal) { ["ghost"] = "" };
                    var merged = After(ghost, poll);
                    Assert.Equal(!mustReset, merged.Remove("ghost"));
                    Assert.Equal(After([], all), merged);
                    (answers, resets) = (answers + 1, resets + (mustReset ? 1 : 0));
                }
            }

            third.AssertSound();
        }

        first.AssertSound();
        second.AssertSound();
        output.WriteLine($"{kind}: {histories} histories, {answers} answers, {resets} of them resets");
        output.WriteLine(await store.AssertNothingWrongAsync());
    }

    // What clients hold at every cursor that was answered and at the time of every commit, and whether they have to start over.
    private static async Task<
        IEnumerable<(double Cursor, SortedDictionary<string, string> Held, bool MustReset)>
    > WriteAsync(ApiClient account, ApiClient elsewhere, Random random)
    {
        var clients = new List<(double Cursor, SortedDictionary<string, string> Held)> { (-2, []), (0, []) };
        var reset = 1; // -2 is before every account.
        var before = await account.PollAsync("-1");
        for (var step = 0; step < Steps; step++)
        {
            var (writer, reader) = random.Next(2) == 0 ? (account, elsewhere) : (elsewhere, account);
            if (step == Steps / 2 || random.Next(30) == 0)
            {
                (await writer.SendAsync(HttpMethod.Put, "forcereset")).Json();
                reset = clients.Count + 1; // Also whoever has the very time of it.
            }
            else
            {
                await PutAsync(writer, random);
            }

            var all = await (random.Next(2) == 0 ? writer : reader).PollAsync("-1");
            if (all.ServerTime > before.ServerTime)
            {
                // The time of what was stored just now, which nobody had before.
                clients.Add((Math.Round(all.ServerTime - Step, 4), After([], before)));
            }

            clients.Add((all.ServerTime, After([], all)));
            before = all;
        }

        return clients.Select((client, i) => (client.Cursor, client.Held, i < reset));
    }

    private static async Task PutAsync(ApiClient client, Random random)
    {
        var kind = random.Next(3) == 0 ? ItemKind.Setting : ItemKind.Record;
        var list = ApiClient.List(Enumerable.Range(0, random.Next(6)).Select(_ => Item(kind, random)));
        (await client.PutAsync(kind == ItemKind.Record ? "records" : "settings", list)).Json();
    }

    // Old and new, so that some lose and some come before a reset; and some that fail.
    private static string Item(ItemKind kind, Random random)
    {
        var mt = Jwt.Now + random.Next(-50, 50);
        var time = random.Next(9) == 0 ? "null" : $"{mt}";
        return kind == ItemKind.Record
            ? $$"""{"key":"k{{random.Next(Keys)}}","mt":{{time}},"t1":1,"t2":2,"ds":"{{random.Next()}}"}"""
            : $$"""{"key":"k{{random.Next(Keys)}}","mt":{{time}},"value":[{{random.Next()}}]}""";
    }

    // The rule of clients: a reset drops everything, then each item takes the place of the one of its key.
    private static SortedDictionary<string, string> After(SortedDictionary<string, string> held, Poll poll)
    {
        var items = new SortedDictionary<string, string>(poll.Reset ? [] : held, StringComparer.Ordinal);
        foreach (var (kind, list) in new[] { ("record", poll.Records), ("setting", poll.Settings) })
        {
            foreach (var item in list)
            {
                items[$"{kind} {Poll.KeyOf(item)}"] = item.GetRawText();
            }
        }

        return items;
    }
}
