namespace TimeTagger.Api.Functions;

/// <summary>What the app settings say about functions that are not to run, as the Functions host reads them.</summary>
/// <param name="variable">The value of an environment variable, or null.</param>
internal sealed class FunctionSwitches(Func<string, string?> variable)
{
    /// <summary>Whether a function is switched off.</summary>
    // Variables of some systems cannot have dots.
    internal bool IsOff(string function) =>
        (variable($"AzureWebJobs.{function}.Disabled") ?? variable($"AzureWebJobs_{function}_Disabled")) is { } value
        && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));
}
