using System.Reflection;

namespace TimeTagger.Benchmarks;

/// <summary>Where the build left the programs that are measured; the project file writes it into the assembly.</summary>
internal static class Programs
{
    /// <summary>The program that runs everything on one machine.</summary>
    internal static string Local => Executable("LocalAssembly");

    /// <summary>The emulator of the Functions host.</summary>
    internal static string FunctionsHost => Executable("FunctionsHostAssembly");

    /// <summary>The repository that this program was built in.</summary>
    internal static string RepositoryRoot => Baked("RepositoryRoot");

    private static string Executable(string key) => Path.ChangeExtension(Baked(key), null);

    private static string Baked(string key) =>
        typeof(Programs)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;
}
