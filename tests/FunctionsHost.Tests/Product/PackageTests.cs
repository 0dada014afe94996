using System.IO.Compression;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Product;

/// <summary>What a new instance fetches before it can start.</summary>
public sealed class PackageTests
{
    // Bytes of the zip: docs/adr/0020.
    private const long Budget = 13_000_000;

    private static readonly string[] NotForAzure = ["sqlite", "SQLitePCL", "FunctionsHost", "Yarp", "runtimes/"];

    [Fact]
    public async Task Zip_OfThePackage_HasWhatTheFolderHasAndKeepsItsBudget()
    {
        var folder = await PublishedPackage.FolderAsync();
        var file = new FileInfo(Path.Combine(folder, "../../../../timetagger.zip"));
        await using var zip = await ZipFile.OpenReadAsync(file.FullName);

        Assert.Equal(Files(folder), zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        Assert.InRange(file.Length, 1, Budget);
    }

    [Fact]
    public async Task Package_OfWhatAzureHasNoUseFor_IsFree()
    {
        var files = Files(await PublishedPackage.FolderAsync()).ToList();

        Assert.Contains("host.json", files);
        Assert.Contains("worker.config.json", files);
        Assert.Contains("functions.metadata", files);
        Assert.Contains(".azurefunctions/function.deps.json", files);
        foreach (var part in NotForAzure)
        {
            Assert.DoesNotContain(files, file => file.Contains(part, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal);
}
