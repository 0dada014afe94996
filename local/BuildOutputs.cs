using System.Reflection;
using System.Runtime.InteropServices;

namespace TimeTagger.Local;

/// <summary>
/// Where the build left the programs that this one starts; the project file writes it into the assembly. A published
/// program has the built site beside it, and needs none of them.
/// </summary>
internal static class BuildOutputs
{
    public static string RepositoryRoot => Baked("RepositoryRoot");

    /// <summary>The built site of a published program; null for one that runs where it was built.</summary>
    public static string? PublishedSite { get; } =
        Path.Combine(AppContext.BaseDirectory, "site") is var folder && Directory.Exists(folder) ? folder : null;

    /// <exception cref="Refusal">It was not built, or moved since.</exception>
    public static string FunctionsHost => Executable("FunctionsHostAssembly");

    /// <exception cref="Refusal">It was not built, or moved since.</exception>
    public static string SiteBuilder => Executable("SiteBuilderAssembly");

    /// <summary>The folder of the running .NET, so that children find the same one wherever it is installed.</summary>
    public static string DotnetRoot { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    private static string Executable(string key)
    {
        var path = Path.ChangeExtension(Baked(key), OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(path)
            ? path
            : throw new Refusal(
                $"{(path.Length == 0 ? key : path)} is not there. Build it: dotnet build TimeTagger.sln"
            );
    }

    private static string Baked(string key) =>
        typeof(BuildOutputs)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == key)
            ?.Value
        ?? "";
}
