using System.Diagnostics;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests;

/// <summary>Mistakes in sources, one of each kind: where, what, and what to do; and the last good site stays.</summary>
public sealed class MistakeTests : IDisposable
{
    private readonly SiteCopy _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Start_WithoutNpm_SaysWhatToInstall()
    {
        var tools = Directory.CreateDirectory(Path.Combine(_site.Options.Source, "only-node")).FullName;
        File.CreateSymbolicLink(Path.Combine(tools, "node"), NodePath());
        Directory.Delete(Path.Combine(_site.Options.Source, "node_modules"));
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [typeof(Site).Assembly.Location, "--source", _site.Options.Source, "--out", _site.Options.Out]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = tools;

        using var builder = Process.Start(start)!;
        var output = await builder.StandardOutput.ReadToEndAsync();
        var error = await builder.StandardError.ReadToEndAsync();
        await builder.WaitForExitAsync();

        Assert.NotEqual(0, builder.ExitCode);
        Assert.Contains("TimeTagger needs npm", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_Mistake_IsNamedAndLeavesTheLastGoodSite()
    {
        await _site.BuildAsync();
        var good = _site.Contents;

        await FailsAsync<ScriptException>(
            "static-web/app/pages/broken.tsx",
            "\nconst x = ;\n",
            "static-web/app/pages/broken.tsx(2): Unexpected \";\". Correct the script."
        );
        await FailsAsync<ScriptException>(
            "static-web/app/pages/broken.tsx",
            "import \"./gone.ts\";\n",
            "static-web/app/pages/broken.tsx(1): Could not resolve \"./gone.ts\". Correct the script."
        );
        await FailsAsync<StyleException>(
            "static-web/styles/broken.scss",
            "a {\n  color: $gone;\n}\n",
            "static-web/styles/broken.scss(2): Undefined variable. Correct the style sheet."
        );
        await FailsAsync<FrontMatterException>(
            "static-web/pages/broken.md",
            "---\ntitle: T\n---\n",
            "static-web/pages/broken.md(3): The front matter has no description. Add a line \"description: …\"."
        );
        await FailsAsync<PageAddressException>(
            "static-web/pages/Login.md",
            "---\ntitle: T\ndescription: D\n---\n",
            "static-web/pages/login.md: static-web/pages/Login.md has the address /Login already. Rename or remove one of them."
        );
        await FailsAsync<CodeLanguageException>(
            "static-web/pages/broken.md",
            "---\ntitle: T\ndescription: D\n---\n\n```klingon\nx\n```\n",
            "static-web/pages/broken.md(6): There is no highlighting for \"klingon\"."
        );
        await FailsAsync<BrokenLinkException>(
            "docs/broken.md",
            "# Broken\n\n[there](operations.md#nowhere)\n",
            "docs/broken.md(3): The link to /docs/operations#nowhere leads to no part of that page: nothing has the id \"nowhere\". Correct the link."
        );
        await FailsAsync<ForbiddenMarkupException>(
            "static-web/pages/broken.md",
            "---\ntitle: T\ndescription: D\n---\n\nWords.{style=\"color: red\"}\n",
            "static-web/pages/broken.md: A <p> has a style attribute. Use a class and a style sheet."
        );
        Assert.Equal(good, _site.Contents);

        Assert.False((await _site.BuildAsync()).Built);
    }

    private async Task FailsAsync<T>(string file, string content, string message)
        where T : SiteBuildException
    {
        _site.Write(file, content);
        var e = await Assert.ThrowsAsync<T>(_site.BuildAsync);
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        _site.Delete(file);
    }

    private static string NodePath() =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "node"))
            .First(File.Exists);
}
