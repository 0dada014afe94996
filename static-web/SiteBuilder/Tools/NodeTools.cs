using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace TimeTagger.SiteBuilder.Tools;

/// <summary>Node and npm on this machine.</summary>
internal static class NodeTools
{
    /// <summary>The oldest Node that the client's tools run on.</summary>
    public static readonly Version Needed = new(20, 19);

    /// <summary>The version of the Node on the path, such as <c>v22.1.0</c>.</summary>
    /// <exception cref="SiteBuildException">There is no Node, or it is too old.</exception>
    public static async Task<string> CheckAsync(CancellationToken cancellation)
    {
        string found;
        try
        {
            var (exitCode, output) = await RunAsync("node", ["--version"], Environment.CurrentDirectory, cancellation);
            found = exitCode == 0 ? output.Trim() : throw new NodeMissingException();
        }
        catch (Win32Exception)
        {
            throw new NodeMissingException();
        }

        Check(found);
        return found;
    }

    /// <summary>Refuses a version text that is older than <see cref="Needed"/>.</summary>
    public static void Check(string found)
    {
        var numbers = found.TrimStart('v').Split('-', '+')[0];
        if (!Version.TryParse(numbers, out var version) || version < Needed)
        {
            throw new NodeTooOldException(found);
        }
    }

    /// <summary>Runs npm in a folder; its exit code and everything it wrote.</summary>
    /// <exception cref="NpmMissingException">There is no npm.</exception>
    public static async Task<(int ExitCode, string Output)> NpmAsync(
        IEnumerable<string> arguments,
        string folder,
        CancellationToken cancellation
    )
    {
        try
        {
            // On Windows npm is a batch file, which only the command interpreter starts.
            return OperatingSystem.IsWindows()
                ? await RunAsync("cmd.exe", ["/c", "npm", .. arguments], folder, cancellation)
                : await RunAsync("npm", arguments, folder, cancellation);
        }
        catch (Win32Exception)
        {
            throw new NpmMissingException();
        }
    }

    /// <summary>Runs a program in a folder; its exit code and everything it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        CancellationToken cancellation
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }

        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, output.ToString().Trim());
    }
}
