using System.Globalization;
using TimeTagger.Configuration;

namespace TimeTagger.Api.Telemetry;

/// <summary>Which traces are sent.</summary>
/// <param name="Ratio">How many of those that begin here, from 0 to 1.</param>
/// <param name="FollowsParent">Whether one that began elsewhere is sent when it is sent there.</param>
internal sealed record TraceSampling(double Ratio, bool FollowsParent)
{
    private const string Variable = "OTEL_TRACES_SAMPLER";
    private const string ArgumentVariable = "OTEL_TRACES_SAMPLER_ARG";
    private const string OfParents = "parentbased_";

    // Azure Monitor's exporter has samplers of its own, which say in what is sent how much is not.
    private static readonly string[] OfAzureMonitor = ["microsoft.rate_limited", "microsoft.fixed_percentage"];

    /// <summary>What the variables say; null where nothing is said, or what only Azure Monitor's exporter understands.</summary>
    /// <exception cref="ConfigurationException">There is no such sampler, or its argument is none.</exception>
    internal static TraceSampling? From(Func<string, string?> variable, bool hasAzureMonitor)
    {
        var name = variable(Variable)?.ToLowerInvariant();
        if (name is null || (hasAzureMonitor && OfAzureMonitor.Contains(name, StringComparer.Ordinal)))
        {
            return null;
        }

        var followsParent = name.StartsWith(OfParents, StringComparison.Ordinal);
        return (followsParent ? name[OfParents.Length..] : name) switch
        {
            "always_on" => new TraceSampling(1, followsParent),
            "always_off" => new TraceSampling(0, followsParent),
            "traceidratio" => new TraceSampling(RatioIn(variable(ArgumentVariable)), followsParent),
            _ => throw new ConfigurationException(
                $"{Variable}: must be always_on, always_off or traceidratio, also with {OfParents} before it"
                    + (hasAzureMonitor ? $", or {string.Join(" or ", OfAzureMonitor)}" : "")
            ),
        };
    }

    private static double RatioIn(string? text) =>
        text is null ? 1
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ratio)
        && ratio <= 1
            ? ratio
        : throw new ConfigurationException($"{ArgumentVariable}: must be a number from 0 to 1");
}
