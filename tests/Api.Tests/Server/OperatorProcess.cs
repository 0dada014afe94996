using System.Diagnostics;

namespace TimeTagger.Api.Tests.Server;

/// <summary>What an operator's verb came to, as a process of its own.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">The lines of its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record OperatorProcess(int Code, IReadOnlyList<string> Output, string Error)
{
    internal static Task<OperatorProcess> RunAsync(params IEnumerable<string> args) => RunAsync([], args);

    /// <param name="variables">Settings in the environment.</param>
    /// <param name="args">The command line: the verb, and what follows it.</param>
    internal static async Task<OperatorProcess> RunAsync(
        IEnumerable<(string Name, string? Value)> variables,
        params IEnumerable<string> args
    )
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        using var process = Process.Start(ProgramStart.OfLocal(environment, [.. args]))!;
        process.StandardInput.Close();
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new OperatorProcess(
            process.ExitCode,
            texts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries),
            texts[1].TrimEnd()
        );
    }

    /// <summary>Asserts that <c>check</c> found nothing wrong.</summary>
    /// <returns>How it sums up.</returns>
    internal string AssertNothingWrong()
    {
        Assert.True(Code == 0, $"{Code}: {string.Join('\n', Output)}{Error}");
        var summary = Assert.Single(Output);
        Assert.EndsWith(": nothing wrong.", summary, StringComparison.Ordinal);
        return summary;
    }
}
