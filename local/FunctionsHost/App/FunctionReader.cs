using TimeTagger.FunctionsHost.Timers;

namespace TimeTagger.FunctionsHost.App;

/// <summary>Understands the bindings of a function.</summary>
internal sealed class FunctionReader(HostFile host, Func<string, string?> setting)
{
    /// <exception cref="InvalidAppException">The host would report the function as in error.</exception>
    /// <exception cref="FormatException">Its schedule or its route is none.</exception>
    /// <exception cref="ArgumentException">A word is not one of those that are known.</exception>
    public Function Read(string name, IReadOnlyList<Binding> bindings)
    {
        if (bindings.Count(binding => binding.IsTrigger) != 1)
        {
            throw new InvalidAppException($"{name}: there must be exactly one trigger.");
        }

        // The answer of an HTTP function is a binding too; it says nothing.
        var trigger = bindings.Single(binding => binding.IsTrigger);
        return bindings.FirstOrDefault(binding => !binding.IsTrigger && !binding.Is("http")) is { } other
                ? throw Unknown(name, other)
            : trigger.Is("httpTrigger") ? Http(name, trigger)
            : trigger.Is("queueTrigger") ? Queue(name, trigger)
            : trigger.Is("timerTrigger") ? Timer(name, trigger)
            : throw Unknown(name, trigger);
    }

    private static InvalidAppException Unknown(string name, Binding binding) =>
        new($"{name}: the binding type '{binding.Type}' is not one of this emulator.");

    private HttpFunction Http(string name, Binding trigger)
    {
        var route = (trigger.Text("route") ?? name).TrimStart('/');
        return
            route.StartsWith("admin", StringComparison.OrdinalIgnoreCase)
            || route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase)
            ? throw new InvalidAppException($"{name}: the route '{route}' belongs to the host.")
            : new HttpFunction(
                name,
                trigger,
                host.RoutePrefix.Length == 0 ? route : $"{host.RoutePrefix}/{route}",
                trigger.List("methods") is { Count: > 0 } methods ? methods : null,
                trigger.Text("authLevel") is { } level ? Enum.Parse<AuthLevel>(level, ignoreCase: true) : default
            );
    }

    private QueueFunction Queue(string name, Binding trigger) =>
        new(name, trigger, Resolved(name, trigger.Text("queueName")), ConnectionOf(name, trigger));

    private TimerFunction Timer(string name, Binding trigger) =>
        new(name, trigger, Schedule.Parse(Resolved(name, trigger.Text("schedule"))), trigger.IsTrue("runOnStartup"));

    private string ConnectionOf(string name, Binding trigger)
    {
        var connection = trigger.Text("connection") is { Length: > 0 } given ? given : "AzureWebJobsStorage";
        return setting(connection)
            ?? setting("AzureWebJobs" + connection)
            ?? throw new InvalidAppException($"{name}: there is no setting {connection}.");
    }

    private string Resolved(string name, string? text) =>
        text is ['%', .. var variable, '%']
            ? setting(variable) ?? throw new InvalidAppException($"{name}: there is no setting {variable}.")
            : text ?? throw new InvalidAppException($"{name}: its trigger lacks a property.");
}
