namespace TimeTagger.Api.Tests.Server;

/// <summary>Files of the repository that the tests read.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    internal static string PathOf(string path) => Path.Combine(Root, path);

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "TimeTagger.sln"))
            ? folder.FullName
            : FindRoot(folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository."));
}
