using System.Diagnostics;
using System.Reflection;

namespace TimeTagger.Api.Tests.Server;

/// <summary>How programs that were built with the tests are started: the command, and an environment that holds nothing of the machine's own.</summary>
internal static class ProgramStart
{
    private static readonly string[] Foreign =
    [
        "TIMETAGGER_",
        "FUNCTIONS_",
        "AzureWebJobs",
        "WEBSITE_",
        "ASPNETCORE_",
        "DOTNET_ENV",
        "OTEL_",
    ];

    // There is no page in it: what is tested is the API.
    private static readonly string EmptySite = Directory.CreateTempSubdirectory("timetagger-no-site-").FullName;

    /// <summary>The program that runs everything on one machine.</summary>
    /// <param name="variables">What to set; null takes a variable away.</param>
    /// <param name="verb">An operator's verb with its arguments; none to serve.</param>
    internal static ProcessStartInfo OfLocal(
        IEnumerable<KeyValuePair<string, string?>> variables,
        params IReadOnlyList<string> verb
    ) => StartInfoOf(Built("LocalAssembly"), variables, verb.Count > 0 ? verb : ["--site", EmptySite]);

    /// <summary>The emulator of the Functions host.</summary>
    /// <param name="variables">What to set; null takes a variable away.</param>
    /// <param name="args">The command line.</param>
    internal static ProcessStartInfo OfFunctionsHost(
        IEnumerable<KeyValuePair<string, string?>> variables,
        params IEnumerable<string> args
    ) => StartInfoOf(Built("FunctionsHostAssembly"), variables, args);

    /// <summary>Any program of ours.</summary>
    /// <param name="assembly">Its file.</param>
    /// <param name="variables">What to set; null takes a variable away.</param>
    /// <param name="args">The command line.</param>
    internal static ProcessStartInfo StartInfoOf(
        string assembly,
        IEnumerable<KeyValuePair<string, string?>> variables,
        IEnumerable<string> args
    )
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        // Tests may run where signals are ignored (under nohup, say), and programs inherit that: ours begins as in a shell.
        string[] command = OperatingSystem.IsLinux()
            ? ["/usr/bin/env", "--default-signal=HUP,INT,TERM", dotnet]
            : [dotnet];
        var start = new ProcessStartInfo(command[0], [.. command[1..], assembly, .. args])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string Built(string program) =>
        typeof(ProgramStart)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == program)
            .Value!;

    private static bool IsForeign(string name) =>
        Array.Exists(Foreign, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
