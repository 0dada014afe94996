using Microsoft.Extensions.Configuration;

namespace TimeTagger.FunctionsHost.App;

/// <summary>What worker.config.json says is to be started.</summary>
/// <param name="Executable">A full path where it lies in the package, else a command.</param>
/// <param name="Arguments">What comes before the host's own arguments.</param>
internal sealed record WorkerDescription(string Executable, IReadOnlyList<string> Arguments)
{
    /// <summary>The only kind of worker that this emulator runs.</summary>
    public const string Language = "dotnet-isolated";

    private const string FileName = "worker.config.json";

    /// <exception cref="InvalidAppException">The host would not start it.</exception>
    public static WorkerDescription Read(string root, Func<string, string?> setting)
    {
        var file = Path.Combine(root, FileName);
        if (!File.Exists(file))
        {
            throw new InvalidAppException($"{file} is missing.");
        }

        try
        {
            var description = new ConfigurationBuilder().AddJsonFile(file).Build().GetSection("description");
            CheckLanguage(description["language"], setting("FUNCTIONS_WORKER_RUNTIME"));
            return From(description, root);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidAppException($"{FileName}: {e.Message} {e.InnerException?.Message}".TrimEnd());
        }
    }

    private static void CheckLanguage(string? language, string? runtime)
    {
        if (language != Language)
        {
            throw new InvalidAppException($"{FileName}: language must be {Language}, not '{language}'.");
        }

        if (runtime is { Length: > 0 } && runtime != Language)
        {
            throw new InvalidAppException(
                $"FUNCTIONS_WORKER_RUNTIME is '{runtime}', but the package is one for {Language}."
            );
        }
    }

    private static WorkerDescription From(IConfigurationSection description, string root)
    {
        var executable = InPackage("defaultExecutablePath");
        if (executable.Length == 0)
        {
            throw new InvalidAppException($"{FileName}: defaultExecutablePath is missing.");
        }

        var arguments = description.GetSection("arguments").GetChildren().Select(each => each.Value ?? "").ToList();
        if (InPackage("defaultWorkerPath") is { Length: > 0 } worker)
        {
            if (!File.Exists(worker))
            {
                throw new InvalidAppException($"{FileName}: there is no {description["defaultWorkerPath"]}.");
            }

            arguments.Add(worker);
        }

        RuntimeVersion.Check(arguments.LastOrDefault(executable));
        return new WorkerDescription(executable, arguments);

        string InPackage(string name)
        {
            var path = description[name]?.Replace("{WorkerRoot}", root + Path.DirectorySeparatorChar) ?? "";
            var full = Path.Combine(root, path);
            return path.Length > 0 && (name == "defaultWorkerPath" || File.Exists(full)) ? full : path;
        }
    }
}
