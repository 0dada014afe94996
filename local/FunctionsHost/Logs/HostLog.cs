namespace TimeTagger.FunctionsHost.Logs;

/// <summary>What the host has to say, a line at a time.</summary>
internal sealed class HostLog(TextWriter output)
{
    private readonly Lock _lock = new();

    public void Write(string line)
    {
        lock (_lock)
        {
            output.WriteLine(line);
        }
    }
}
