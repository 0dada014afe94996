namespace TimeTagger.Configuration;

/// <summary>What the API runs in on one machine.</summary>
public enum HostKind
{
    /// <summary>The program that serves the site as well.</summary>
    Direct,

    /// <summary>The worker, under an emulator of the Azure Functions host, which runs the package as Azure does.</summary>
    Functions,
}
