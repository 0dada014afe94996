using System.Diagnostics;

namespace TimeTagger.Api.Tests.Handler;

/// <summary>How the built handler is started: the command, and an environment that holds nothing of the machine's own.</summary>
internal static class HandlerEnvironment
{
    private static readonly string[] Foreign = ["TIMETAGGER_", "FUNCTIONS_", "WEBSITE_", "ASPNETCORE_", "DOTNET_ENV"];

    /// <param name="variables">What to set; null takes a variable away.</param>
    /// <param name="args">The command line.</param>
    internal static ProcessStartInfo StartInfo(
        IEnumerable<KeyValuePair<string, string?>> variables,
        params IEnumerable<string> args
    ) => StartInfoOf(Path.Combine(AppContext.BaseDirectory, "TimeTagger.Api.dll"), variables, args);

    /// <summary>The same for another program of ours.</summary>
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

    private static bool IsForeign(string name) =>
        Array.Exists(Foreign, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
