namespace TimeTagger.Storage.Memory;

/// <summary>This instance has no memory left for what was asked, for now or at all. Nothing has been stored.</summary>
public sealed class MemoryFullException : Exception
{
    internal MemoryFullException(long wanted, long limit)
        : base($"{wanted} bytes of memory are wanted, of {limit} in all.") { }
}
