namespace TimeTagger.Local;

/// <summary>A reason not to go on, as one sentence for the person at the keyboard; it ends the program without a stack trace.</summary>
internal sealed class Refusal(string sentence, int exitCode = Refusal.Failed) : Exception(sentence)
{
    /// <summary>Something on this machine is in the way.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the environment is wrong.</summary>
    public const int Misused = 2;

    public int ExitCode { get; } = exitCode;
}
