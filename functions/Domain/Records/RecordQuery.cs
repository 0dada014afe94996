using TimeTagger.Domain.Tags;

namespace TimeTagger.Domain.Records;

/// <summary>Which records a caller asks for; every condition given has to hold.</summary>
/// <param name="From">First number of the time range, seconds since 1970.</param>
/// <param name="To">Second number of the time range; below <paramref name="From"/> it asks for what covers both.</param>
/// <param name="Running">Only running (true) or only ended records (false); null for both.</param>
/// <param name="Hidden">Only hidden (true) or only visible records (false); null for both.</param>
/// <param name="Tags">Tags without their hash, each of which the description has to hold.</param>
public sealed record RecordQuery(long From, long To, bool? Running, bool? Hidden, IReadOnlyList<string> Tags)
{
    /// <summary>
    /// Whether the record is asked for. Touching the range is enough, at both ends, and a running record lasts
    /// for ever.
    /// </summary>
    public bool Matches(Record record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.T1 <= To
            && (record.T2 >= From || record.IsRunning)
            && (Running is null || Running == record.IsRunning)
            && (Hidden is null || Hidden == record.IsHidden)
            && (Tags.Count == 0 || HasTags(record.Ds));
    }

    /// <summary>The matching records, ordered by start, then key.</summary>
    public IReadOnlyList<StoredItem> Over(IEnumerable<StoredItem> records) =>
        [
            .. records
                .Where(stored => Matches((Record)stored.Item))
                .OrderBy(stored => ((Record)stored.Item).T1)
                .ThenBy(stored => stored.Item.Key, StringComparer.Ordinal),
        ];

    private bool HasTags(string? description)
    {
        if (description is null)
        {
            return false;
        }

        var lower = TagGrammar.ToLower(description);
        return Tags.All(tag => HasTag(lower, '#' + TagGrammar.ToLower(tag)));
    }

    // What precedes the hash does not matter; what follows the tag must end it.
    private static bool HasTag(string description, string tag)
    {
        for (var at = 0; (at = description.IndexOf(tag, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + tag.Length;
            if (end == description.Length || !TagGrammar.IsTagCharacter(description[end]))
            {
                return true;
            }
        }

        return false;
    }
}
