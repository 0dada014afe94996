using System.Text.Json;
using TimeTagger.FunctionsHost.Rpc.Messages;

namespace TimeTagger.FunctionsHost.App;

/// <summary>The functions of a package, as its worker reported them.</summary>
/// <param name="Functions">Those that are on, in the order in which the host tries their routes.</param>
/// <param name="Reported">All, as the worker put it.</param>
internal sealed record FunctionApp(IReadOnlyList<Function> Functions, IReadOnlyList<RpcFunctionMetadata> Reported)
{
    /// <param name="reported">What the worker says.</param>
    /// <param name="host">What host.json says.</param>
    /// <param name="setting">A setting of the app, or null.</param>
    /// <exception cref="InvalidAppException">The host would report one of them as in error, or there is none.</exception>
    public static FunctionApp From(
        IReadOnlyList<RpcFunctionMetadata> reported,
        HostFile host,
        Func<string, string?> setting
    )
    {
        if (reported.Count == 0)
        {
            throw new InvalidAppException("The worker reports no function.");
        }

        var reader = new FunctionReader(host, setting);
        List<Function> functions =
        [
            .. reported
                .Where(each => !IsDisabled(each.Name, setting))
                .OrderBy(each => each.Name, StringComparer.OrdinalIgnoreCase)
                .Select(each => Read(reader, each)),
        ];
        CheckRoutes([.. functions.OfType<HttpFunction>()]);
        return new FunctionApp(functions, reported);
    }

    private static bool IsDisabled(string name, Func<string, string?> setting) =>
        (setting($"AzureWebJobs.{name}.Disabled") ?? setting($"AzureWebJobs_{name}_Disabled"))?.ToUpperInvariant()
            is "TRUE"
                or "1";

    private static Function Read(FunctionReader reader, RpcFunctionMetadata function)
    {
        try
        {
            return reader.Read(function.Name, [.. function.RawBindings.Select(Binding.Parse)]);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidAppException($"{function.Name}: {e.Message}");
        }
    }

    private static void CheckRoutes(IReadOnlyList<HttpFunction> functions)
    {
        foreach (
            var (one, other) in functions.SelectMany((one, i) => functions.Skip(i + 1).Select(next => (one, next)))
        )
        {
            if (one.Route.Equals(other.Route, StringComparison.OrdinalIgnoreCase) && Overlap(one, other))
            {
                throw new InvalidAppException($"{other.Name}: the route '{other.Route}' is that of {one.Name}.");
            }
        }
    }

    private static bool Overlap(HttpFunction one, HttpFunction other) =>
        one.Methods is null
        || other.Methods is null
        || one.Methods.Intersect(other.Methods, StringComparer.OrdinalIgnoreCase).Any();
}
