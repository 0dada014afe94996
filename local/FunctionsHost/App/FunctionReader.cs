using System.Text.Json;
using TimeTagger.FunctionsHost.Timers;

namespace TimeTagger.FunctionsHost.App;

/// <summary>Understands a function.json.</summary>
internal sealed class FunctionReader(HostFile host, Func<string, string?> setting)
{
    private static readonly string[] BuiltIn = ["httpTrigger", "http", "timerTrigger"];
    private static readonly string[] OfTheBundle = ["queueTrigger", "queue"];

    /// <exception cref="InvalidAppException">The host would report the function as in error.</exception>
    public Function Read(string name, JsonElement json)
    {
        var bindings = json.GetProperty("bindings").EnumerateArray().Select(each => new Binding(each.Clone())).ToList();
        Check(name, bindings);
        var trigger = bindings.Single(binding => binding.IsTrigger);
        Output[] outputs =
        [
            .. bindings.Where(binding => !binding.IsTrigger).Select(binding => OutputOf(name, binding)),
        ];
        if (trigger.Is("httpTrigger"))
        {
            return Http(name, trigger, outputs);
        }

        Function function = trigger.Is("queueTrigger") ? Queue(name, trigger, outputs) : Timer(name, trigger, outputs);
        return function with { Retry = RetryIn(json) ?? host.Retry };
    }

    private void Check(string name, List<Binding> bindings)
    {
        foreach (var binding in bindings)
        {
            var isOfTheBundle = OfTheBundle.Contains(binding.Type, StringComparer.OrdinalIgnoreCase);
            if (!isOfTheBundle && !BuiltIn.Contains(binding.Type, StringComparer.OrdinalIgnoreCase))
            {
                throw new InvalidAppException(
                    $"{name}: the binding type '{binding.Type}' is not one of this emulator."
                );
            }

            if (isOfTheBundle && !host.HasExtensionBundle)
            {
                throw new InvalidAppException(
                    $"{name}: The binding type(s) '{binding.Type}' are not registered: host.json has no extensionBundle."
                );
            }
        }

        if (bindings.Select(binding => binding.Name).Distinct(StringComparer.Ordinal).Count() < bindings.Count)
        {
            throw new InvalidAppException($"{name}: two bindings have the same name.");
        }

        var triggers = bindings.Count(binding => binding.IsTrigger);
        if (triggers != 1)
        {
            throw new InvalidAppException($"{name}: there must be exactly one trigger, not {triggers}.");
        }
    }

    private HttpFunction Http(string name, Binding trigger, Output[] outputs)
    {
        var route = trigger.Text("route") ?? name;
        return
            route.StartsWith("admin", StringComparison.OrdinalIgnoreCase)
            || route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase)
            ? throw new InvalidAppException($"{name}: the route '{route}' belongs to the host.")
            : new HttpFunction(
                name,
                trigger.Name,
                outputs,
                host.RoutePrefix.Length == 0 ? route : $"{host.RoutePrefix}/{route}",
                trigger.List("methods"),
                trigger.Text("authLevel") is { } level ? Enum.Parse<AuthLevel>(level, ignoreCase: true) : default,
                WantsPayload: outputs is not [HttpOutput] || !(host.Forwards || host.Proxies)
            );
    }

    private QueueFunction Queue(string name, Binding trigger, Output[] outputs) =>
        new(
            name,
            trigger.Name,
            outputs,
            Resolved(name, trigger.Text("queueName")),
            ConnectionOf(name, trigger),
            "binary".Equals(trigger.Text("dataType"), StringComparison.OrdinalIgnoreCase)
        );

    private TimerFunction Timer(string name, Binding trigger, Output[] outputs)
    {
        var schedule = Resolved(name, trigger.Text("schedule"));
        return new TimerFunction(
            name,
            trigger.Name,
            outputs,
            Ncrontab.Parse(schedule) ?? throw new InvalidAppException($"{name}: '{schedule}' is no schedule."),
            trigger.IsTrue("runOnStartup")
        );
    }

    private Output OutputOf(string name, Binding binding) =>
        binding.Is("http")
            ? new HttpOutput(binding.Name)
            : new QueueOutput(binding.Name, Resolved(name, binding.Text("queueName")), ConnectionOf(name, binding));

    private string ConnectionOf(string name, Binding binding)
    {
        var connection = binding.Text("connection") ?? "AzureWebJobsStorage";
        return setting(connection)
            ?? setting("AzureWebJobs" + connection)
            ?? throw new InvalidAppException($"{name}: there is no setting {connection}.");
    }

    private string Resolved(string name, string? text) =>
        text is ['%', .. var variable, '%']
            ? setting(variable) ?? throw new InvalidAppException($"{name}: there is no setting {variable}.")
            : text ?? throw new InvalidAppException($"{name}: one of its bindings lacks a property.");

    private static RetryPolicy? RetryIn(JsonElement json) =>
        json.TryGetProperty("retry", out var retry)
            ? RetryPolicy.From(name => retry.TryGetProperty(name, out var value) ? value.ToString() : null)
            : null;
}
