using TimeTagger.Packaging;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>When the package is made, with a build that only counts.</summary>
public sealed class AzurePackageTests : IDisposable
{
    private const string Package = "functions/Worker/bin/Release/net10.0/linux-x64/publish";

    private readonly TemporaryFolder _repository = new();
    private readonly string _dotnet;
    private int _announced;

    public AzurePackageTests()
    {
        _repository.Write("functions/Api/Program.cs", "");
        _repository.Write("functions/Api/Old.cs", "");
        _repository.Write("functions/Api/obj/built.cs", "");
        _repository.Write($"{Package}/removed.dll", "");
        _repository.Write("host.json", "");
        _dotnet = _repository.Write(
            "dotnet",
            """
            #!/bin/sh
            echo "$@" >>builds
            if [ -e broken ]; then echo "it is broken"; exit 1; fi
            mkdir -p functions/Worker/bin/Release/net10.0/linux-x64/publish
            """
        );
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private int Builds => File.Exists(PathOf("builds")) ? File.ReadAllLines(PathOf("builds")).Length : 0;

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task Folder_OfAnUnchangedRepository_IsMadeOnce()
    {
        Assert.Equal(PathOf(Package), await FolderAsync());
        _repository.Write("functions/Api/obj/made.cs", "");
        await FolderAsync();

        Assert.Equal((1, 1), (Builds, _announced));
        Assert.StartsWith(
            "publish functions/Worker -c Release ",
            File.ReadAllText(PathOf("builds")),
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.EnumerateFiles(PathOf(Package)));
    }

    [Theory]
    [InlineData("functions/Api/New.cs")]
    [InlineData("functions/Worker/More.targets")]
    [InlineData("Directory.Build.targets")]
    [InlineData("host.json")]
    [InlineData("Directory.Build.props")]
    [InlineData(null)]
    public async Task Folder_OfAChangedRepository_IsMadeAgain(string? changed)
    {
        await FolderAsync();
        await Task.Delay(20);
        if (changed is null)
        {
            File.Delete(PathOf("functions/Api/Old.cs"));
        }
        else
        {
            _repository.Write(changed, "x");
        }

        await FolderAsync();

        Assert.Equal((2, 2), (Builds, _announced));
    }

    [Fact]
    public async Task Build_ThatFails_SaysWhyAndIsTriedAgain()
    {
        var broken = _repository.Write("broken", "");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(FolderAsync);
        File.Delete(broken);

        await FolderAsync();

        Assert.Contains("it is broken", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Builds);
    }

    private Task<string> FolderAsync() =>
        AzurePackage.FolderAsync(_repository.Path, _dotnet, () => _announced++, CancellationToken.None);

    private string PathOf(string name) => Path.Combine(_repository.Path, name);
}
