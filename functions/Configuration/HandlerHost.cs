namespace TimeTagger.Configuration;

/// <summary>What stands between the front and the handler on one machine.</summary>
public enum HandlerHost
{
    /// <summary>Nothing.</summary>
    Direct,

    /// <summary>An emulator of the Azure Functions host, which runs the package as Azure does.</summary>
    Functions,
}
