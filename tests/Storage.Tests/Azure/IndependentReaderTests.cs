using System.Security.Cryptography;
using System.Text.Json;
using TimeTagger.Domain;
using TimeTagger.Domain.Settings;
using TimeTagger.Domain.Writing;
using TimeTagger.Emulators;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Azure;

/// <summary>What lies in the table is what docs/storage.md says: another program, with another library, reads it.</summary>
[Collection(nameof(AzuriteTests))]
public sealed class IndependentReaderTests(AzuriteFixture fixture)
{
    [Fact]
    public async Task ReadAccount_WithTheNodePackage_FindsWhatTheDocumentSays()
    {
        var options = fixture.NewOptions();
        var account = AccountKey.Local("Zoë's");
        var journal = new AccountJournal(
            AzuriteFixture.Open(options),
            new MemoryBudget(1 << 24, TimeProvider.System),
            TimeProvider.System,
            RandomNumberGenerator.Create()
        );
        using var reading = await journal.OpenAsync(account, "Zoë", "k0001", default);
        await journal.PutAsync(
            reading,
            "web",
            ItemKind.Record,
            [Submission.Of(new Record("r1", 5, 1_767_600_000, 1_767_603_600, "für #kunde 🕰"))],
            default
        );
        await journal.PutAsync(
            reading,
            "api",
            ItemKind.Setting,
            [Submission.Of(new Setting("s1", 6, """{"a":[1]}"""))],
            default
        );
        await journal.ForceResetAsync(reading, "web", default);

        var rows = await ReadAsync(options.NamePrefix + "journal", account.Value);

        Assert.Equal(
            ["head", "z999999999996", "z999999999997", "z999999999998"],
            rows.Select(row => Text(row, "rowKey"))
        );
        Assert.Equal(
            "ApiKid string, ApiSeed string, Created Int64, First Int64, Format Int64, Name string, WebSeed string",
            TypesOf(rows[0])
        );
        Assert.Equal("Zoë", Text(rows[0].GetProperty("columns"), "Name"));
        Assert.Equal("1", Text(rows[0].GetProperty("columns"), "First"));
        Assert.Equal("At Int64, Commit string, Format Int64, Kind Int64, St Int64, Writer string", TypesOf(rows[1]));
        Assert.Equal("1", Text(rows[1].GetProperty("columns"), "Kind"));

        const string WithItems =
            "At Int64, Commit string, D0 Binary, Format Int64, JsonBytes Int64, Kind Int64, St Int64, Writer string";
        Assert.All(rows[2..], row => Assert.Equal(WithItems, TypesOf(row)));
        Assert.Equal("api", Text(rows[2].GetProperty("columns"), "Writer"));
        Assert.Equal("""[{"now":{"k":"s1","mt":6,"v":{"a":[1]}}}]""", rows[2].GetProperty("items").GetRawText());
        var item = rows[3].GetProperty("items")[0].GetProperty("now");
        Assert.Equal("für #kunde 🕰", Text(item, "ds"));
        Assert.Equal(1_767_603_600, item.GetProperty("t2").GetInt64());
        Assert.Matches("^[0-9a-f]{32}$", Text(rows[3].GetProperty("columns"), "Commit"));
        Assert.True(StOf(rows[3]) < StOf(rows[2]) && StOf(rows[2]) < StOf(rows[1]));
    }

    private async Task<JsonElement[]> ReadAsync(string table, string account)
    {
        var output = await NodePackages.RunAsync("read-account.mjs", fixture.Azurite.ConnectionString, table, account);
        using var document = JsonDocument.Parse(output);
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    private static long StOf(JsonElement row) =>
        long.Parse(Text(row.GetProperty("columns"), "St"), System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string TypesOf(JsonElement row) =>
        string.Join(
            ", ",
            row.GetProperty("types")
                .EnumerateObject()
                .Select(type => $"{type.Name} {type.Value.GetString()}")
                .Order(StringComparer.Ordinal)
        );
}
