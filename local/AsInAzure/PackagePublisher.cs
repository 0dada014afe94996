using TimeTagger.Packaging;

namespace TimeTagger.Local.AsInAzure;

/// <summary>Makes the package that Azure would run, where what it is made of has changed.</summary>
internal static class PackagePublisher
{
    /// <returns>The folder of the package.</returns>
    /// <exception cref="Refusal">The build failed.</exception>
    public static async Task<string> PublishAsync(CancellationToken stopping)
    {
        try
        {
            return await AzurePackage.FolderAsync(
                BuildOutputs.RepositoryRoot,
                Path.Combine(BuildOutputs.DotnetRoot, "dotnet"),
                () => Console.WriteLine("Making the package for Azure (a minute) ..."),
                stopping
            );
        }
        catch (InvalidOperationException e)
        {
            throw new Refusal($"The package could not be made:\n{e.Message}");
        }
    }
}
