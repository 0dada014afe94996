namespace TimeTagger.Storage.Journal;

/// <summary>
/// An entry or a blob is not there any more. Maintenance may have deleted it since the head was read: whoever reads
/// the head again either sees that, or knows that the journal is damaged.
/// </summary>
internal sealed class EntryGoneException(string what) : Exception(what);
