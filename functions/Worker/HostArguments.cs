using System.Globalization;

namespace TimeTagger.Worker;

/// <summary>What the Functions host says on the command line of a worker that it starts.</summary>
internal static class HostArguments
{
    internal const string HostAddress = "--functions-uri";

    private const string AppFolder = "FUNCTIONS_APPLICATION_DIRECTORY";
    private const string MessageLength = "--functions-grpc-max-message-length";

    // Of the runtime, not of the environment: by it the packages know that they speak to the host without a connection of
    // their own, because a program that the host had kept ready for whatever app comes has loaded the worker.
    private const string LoadedByHost = "AZURE_FUNCTIONS_NATIVE_HOST";

    private static readonly string[] Needed =
    [
        HostAddress,
        "--functions-worker-id",
        "--functions-request-id",
        MessageLength,
    ];

    /// <summary>What is wrong with a command line, in a sentence; null for one of a host.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    internal static string? Complaint(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        if (AppContext.GetData(LoadedByHost) is not null)
        {
            return null;
        }

        var missing = Needed.Where(name => ValueOf(args, name) is null).ToList();
        return missing.Count == Needed.Length
                ? "This program is started by the Azure Functions host. To run everything on this machine: dotnet run --project local"
            : missing.Count > 0
                ? $"The Functions host did not say {string.Join(", ", missing)}, and without that nothing can be answered to it."
            : variable(AppFolder) is not { Length: > 0 }
                ? $"The Functions host did not set {AppFolder}, and without that no path is known."
            : !IsAddress(ValueOf(args, HostAddress))
                ? $"{HostAddress} must be the address of the Functions host, not '{ValueOf(args, HostAddress)}'."
            : !int.TryParse(ValueOf(args, MessageLength), CultureInfo.InvariantCulture, out var length) || length <= 0
                ? $"{MessageLength} must be a number of bytes, not '{ValueOf(args, MessageLength)}'."
            : null;
    }

    private static bool IsAddress(string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    /// <summary>The value that follows an argument, after a blank or an equals sign; null where there is none.</summary>
    internal static string? ValueOf(IReadOnlyList<string> args, string name)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i].StartsWith(name + '=', StringComparison.Ordinal))
            {
                return args[i][(name.Length + 1)..];
            }

            if (args[i] == name && i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                return args[i + 1];
            }
        }

        return null;
    }
}
