using System.Text;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Settings;
using Xunit;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Domain.Tests.Journal;

/// <summary>The view in columns against a plain dictionary that was told the same.</summary>
public sealed class AccountViewTests
{
    private const long Most = 1024 * 1024;

    private static readonly string[] Alphabet = ["a", "B", "0", "\0", "é", "\uFFFD", "漢", "😀", " ", "\uE000"];

    private readonly AccountView _view = new(new ServerTime(1000));
    private readonly Dictionary<(ItemKind Kind, string Key), StoredItem> _model = [];

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 40)]
    [InlineData(3, 3000)]
    [InlineData(4, 3000)]
    public void View_AfterAnyHistory_IsThatOfAPlainDictionary(int seed, int keys)
    {
        var random = new Random(seed);
        for (var step = 0; step < 400; step++)
        {
            Apply([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => NewItem(random, keys))]);
        }

        Assert.Equal(_model.Count, _view.Count);
        foreach (var ((kind, key), stored) in _model)
        {
            Assert.Equal(stored, _view.Find(kind, key));
        }

        Assert.Null(_view.Find(ItemKind.Record, "nobody has this key"));
        Assert.Null(_view.Find(ItemKind.Record, "\uD800"));
        Assert.Null(_view.Find(ItemKind.Record, new string('x', 5000)));
        foreach (var kind in new[] { ItemKind.Record, ItemKind.Setting })
        {
            Assert.Equal(InOrderOfKeys(kind), _view.All(kind).ToList());
            foreach (var since in Cursors())
            {
                Assert.Equal(
                    Model(kind).Where(stored => stored.St.Seconds >= since).OrderBy(Order),
                    _view.Since(kind, since).ToList().OrderBy(Order)
                );
            }
        }
    }

    [Fact]
    public void Selection_WhileTheViewGoesOn_StaysAsItWas()
    {
        var random = new Random(5);
        Apply([.. Enumerable.Range(0, 500).Select(_ => NewItem(random, 400))]);
        var selections = new[] { _view.All(ItemKind.Record), _view.Since(ItemKind.Setting, 0) };
        var before = selections.Select(selection => selection.ToList()).ToList();

        for (var step = 0; step < 300; step++)
        {
            Apply([.. Enumerable.Range(0, 20).Select(_ => NewItem(random, 400))]);
        }

        Assert.Equal(before, selections.Select(selection => selection.ToList()));
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(7, 1)]
    [InlineData(8, 200)]
    public void Snapshot_ReadBack_IsTheSameViewAndGoesOn(int seed, int commits)
    {
        var random = new Random(seed);
        for (var step = 0; step < commits; step++)
        {
            Apply([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => NewItem(random, 300))]);
        }

        var restored = ReadBack(_view);

        AssertSame(_view, restored);
        var next = new Record("next", 1, long.MinValue, long.MaxValue, "");
        Apply(next);
        restored.Apply(EntryOf(restored, [next, new Record("next", 2, 0, -1, null)]));
        Assert.Equal(_view.Count, restored.Count);
        Assert.Equal(2, restored.Find(ItemKind.Record, "next")!.Item.Mt);
        AssertSame(restored, ReadBack(restored));
    }

    [Fact]
    public void Snapshot_CutAnywhere_IsCalledDamaged()
    {
        var random = new Random(9);
        Apply([.. Enumerable.Range(0, 30).Select(_ => NewItem(random, 300))]);
        var bytes = Written(_view);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => ViewSnapshot.Read(new MemoryStream(bytes, 0, length), Most));
        }
    }

    [Fact]
    public void Snapshot_OfAnotherForm_IsNotRead()
    {
        var bytes = Written(_view);
        bytes[0]++;

        Assert.Throws<InvalidDataException>(() => ViewSnapshot.Read(new MemoryStream(bytes), Most));
    }

    [Fact]
    public void Snapshot_WithAnyByteChanged_IsReadOrCalledDamaged()
    {
        var random = new Random(10);
        Apply([.. Enumerable.Range(0, 20).Select(_ => NewItem(random, 300))]);
        var bytes = Written(_view);

        for (var at = 0; at < bytes.Length; at++)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= (byte)random.Next(1, 256);
            var error = Xunit.Record.Exception(() => ViewSnapshot.Read(new MemoryStream(damaged), Most));
            Assert.True(error is null or InvalidDataException, error?.ToString());
        }
    }

    [Fact]
    public void Since_SeveralCommits_GivesThemInTheOrderInWhichTheyWereStored()
    {
        Apply(new Record("b", 1, 1, 2, null), new Record("a", 1, 1, 2, null));
        Apply(new Record("c", 1, 1, 2, null), new Record("b", 2, 1, 2, null));

        Assert.Equal(["a", "c", "b"], _view.Since(ItemKind.Record, 0).ToList().Select(stored => stored.Item.Key));
    }

    [Fact]
    public void Description_EmptyOrNone_IsToldApart()
    {
        Apply(new Record("none", 1, 1, 2, null), new Record("empty", 1, 1, 2, ""));

        Assert.Null(((Record)_view.Find(ItemKind.Record, "none")!.Item).Ds);
        Assert.Equal("", ((Record)_view.Find(ItemKind.Record, "empty")!.Item).Ds);
    }

    [Fact]
    public void Bytes_OfTypicalRecords_AreFarBelowThoseOfObjects()
    {
        const int count = 20_000;
        var text = new string('d', 30);
        Apply([.. Enumerable.Range(0, count).Select(i => new Record($"k{i:D7}", i, i, i, text))]);

        Assert.InRange(_view.Bytes / count, 80, 125);
    }

    [Fact]
    public void Bytes_OfOneRecordChangedOverAndOver_DoNotGrow()
    {
        for (var i = 0; i < 20_000; i++)
        {
            Apply(new Record("running", i, 1, i, "the same one"));
        }

        Assert.InRange(_view.Bytes, 1, 64 * 1024);
    }

    private static byte[] Written(AccountView view)
    {
        using var stream = new MemoryStream();
        view.ToSnapshot().WriteTo(stream);
        return stream.ToArray();
    }

    private static AccountView ReadBack(AccountView view) => ViewSnapshot.Read(new MemoryStream(Written(view)), Most);

    private static void AssertSame(AccountView expected, AccountView actual)
    {
        Assert.Equal(
            (expected.Version, expected.LastSt, expected.ResetSt, expected.ResetAt, expected.Count),
            (actual.Version, actual.LastSt, actual.ResetSt, actual.ResetAt, actual.Count)
        );
        foreach (var kind in new[] { ItemKind.Record, ItemKind.Setting })
        {
            Assert.Equal(expected.Since(kind, 0).ToList(), actual.Since(kind, 0).ToList());
        }
    }

    private static Entry EntryOf(AccountView view, IReadOnlyList<Item> items) =>
        new(
            view.Version + 1,
            EntryKind.Items,
            view.LastSt.Next,
            view.LastSt.Next,
            "commit",
            "web",
            [.. items.Select(item => new Change(item, null, null))]
        );

    private void Apply(params IReadOnlyList<Item> items)
    {
        var entry = EntryOf(_view, items);
        _view.Apply(entry);
        foreach (var item in items)
        {
            _model[(KindOf(item), item.Key)] = new StoredItem(item, entry.St, entry.Number);
        }
    }

    private static Item NewItem(Random random, int keys)
    {
        // Few keys, so that they meet; each is always the same text.
        var key = string.Concat(new Random(random.Next(keys)).GetItems(Alphabet, 6));
        return random.Next(4) == 0
            ? new Setting(key, random.Next(), $"\"{Text(random)}\"")
            : new Record(key, random.Next(), random.Next(), random.Next(), random.Next(5) == 0 ? null : Text(random));
    }

    private static string Text(Random random) => string.Concat(random.GetItems(Alphabet, random.Next(30)));

    private static ItemKind KindOf(Item item) => item is Record ? ItemKind.Record : ItemKind.Setting;

    private IEnumerable<StoredItem> Model(ItemKind kind) =>
        _model.Where(item => item.Key.Kind == kind).Select(item => item.Value);

    private List<StoredItem> InOrderOfKeys(ItemKind kind)
    {
        var items = Model(kind).ToList();
        items.Sort(
            (a, b) => Encoding.UTF8.GetBytes(a.Item.Key).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b.Item.Key))
        );
        return items;
    }

    private static (long, string) Order(StoredItem stored) => (stored.Entry, stored.Item.Key);

    private IEnumerable<double> Cursors() =>
        new[] { -1, 0, double.PositiveInfinity, _view.LastSt.Seconds, _view.LastSt.Next.Seconds }.Concat(
            Enumerable.Range(0, 40).Select(i => new ServerTime(1000 + (i * 10)).Seconds)
        );
}
