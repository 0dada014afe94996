using System.Diagnostics;
using System.Reflection;
using TimeTagger.TestSupport;

namespace TimeTagger.Api.Tests.Handler;

/// <summary>
/// Whether the tests talk to the handler or, where <c>TIMETAGGER_TEST_HOST</c> is <c>forwarding</c> or <c>proxying</c>, to the
/// emulator of the Functions host with the package for Azure.
/// </summary>
internal static class HostUnderTest
{
    private static readonly string? Shape = Environment.GetEnvironmentVariable("TIMETAGGER_TEST_HOST")
        is { Length: > 0 } s
        ? s
        : null;

    /// <summary>How it is started, to listen on a port.</summary>
    internal static async Task<ProcessStartInfo> StartInfoAsync(
        int port,
        IReadOnlyDictionary<string, string?> variables
    )
    {
        if (Shape is null)
        {
            return HandlerEnvironment.StartInfo(variables);
        }

        // The tests have stores of their own, without queues for the host to listen to.
        var all = new Dictionary<string, string?>(variables, StringComparer.Ordinal)
        {
            ["AzureWebJobs.Maintenance.Disabled"] = "true",
            ["AzureWebJobs.Webhooks.Disabled"] = "true",
        };
        var emulator = typeof(HostUnderTest)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "FunctionsHostAssembly")
            .Value!;
        string[] args = ["--package", await PublishedPackage.FolderAsync(), "--port", $"{port}", "--shape", Shape];
        return HandlerEnvironment.StartInfoOf(emulator, all, [.. args, "--stop_with_stdin"]);
    }
}
