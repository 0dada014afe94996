namespace TimeTagger.Configuration;

/// <summary>How much is logged: messages that are at least this severe.</summary>
public enum LogSeverity
{
    /// <summary>A line for every call, too.</summary>
    Debug,

    /// <summary>What happens rarely, such as a start.</summary>
    Info,

    /// <summary>What somebody may have to look at.</summary>
    Warning,

    /// <summary>What has failed.</summary>
    Error,
}
