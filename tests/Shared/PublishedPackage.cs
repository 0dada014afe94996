using TimeTagger.Packaging;

namespace TimeTagger.TestSupport;

/// <summary>The package for Azure, made as the product makes it.</summary>
internal static class PublishedPackage
{
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    /// <returns>Its folder.</returns>
    public static Task<string> FolderAsync() => Made.Value;

    private static Task<string> MakeAsync() =>
        AzurePackage.FolderAsync(
            RootOf(new DirectoryInfo(AppContext.BaseDirectory)).FullName,
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            static () => { },
            CancellationToken.None
        );

    private static DirectoryInfo RootOf(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "TimeTagger.sln"))
            ? folder
            : RootOf(folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository."));
}
