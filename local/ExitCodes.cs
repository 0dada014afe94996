namespace TimeTagger.Local;

/// <summary>How the program ends; the operator's verbs have codes of their own, of which 2 is "it could not be done".</summary>
internal static class ExitCodes
{
    /// <summary>Help was given, or it was stopped.</summary>
    public const int Done = 0;

    /// <summary>Something on this machine is in the way.</summary>
    public const int Failed = 1;

    /// <summary>An argument or a variable is wrong.</summary>
    public const int Misused = 2;
}
