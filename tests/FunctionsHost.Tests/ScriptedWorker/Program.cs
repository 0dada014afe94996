using System.Globalization;
using TimeTagger.FunctionsHost.ScriptedWorker;

var start = Environment.GetEnvironmentVariable("SCRIPT_START") ?? "";
var notes = new Record(Environment.GetEnvironmentVariable("SCRIPT_CALLS")!);
notes.Start(args);
if (start.StartsWith("exit ", StringComparison.Ordinal))
{
    return int.Parse(start[5..], CultureInfo.InvariantCulture);
}

if (start == "say")
{
    Console.WriteLine("said");
    await Console.Error.WriteLineAsync("complained");
}

if (start.StartsWith("slow ", StringComparison.Ordinal))
{
    await Task.Delay(int.Parse(start[5..], CultureInfo.InvariantCulture));
}

string Argument(string name) => args[Array.IndexOf(args, name) + 1];

var invocations = new Invocations();
await using var http = await HttpSide.StartAsync(invocations, notes);
using var stream = new StreamSide(
    new Uri(Argument("--functions-uri")),
    Argument("--functions-worker-id"),
    invocations,
    notes
);
return await stream.RunAsync(http.Address, start);
