namespace TimeTagger.FunctionsHost;

/// <summary>What the host says of itself to the handler.</summary>
internal static class HostHeaders
{
    public const string Version = "4.1037.0.0";
    public const string UserAgent = "Azure-Functions-Host/" + Version;
    public const string HostVersion = "X-Azure-Functions-HostVersion";
    public const string InvocationId = "X-Azure-Functions-InvocationId";
}
