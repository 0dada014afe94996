using System.Diagnostics;

namespace TimeTagger.Benchmarks;

/// <summary>The least that ASP.NET Core can be, published as the package's handler is: what to compare with.</summary>
internal sealed class BareServer : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
            <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
            <SelfContained>true</SelfContained>
            <PublishReadyToRun>true</PublishReadyToRun>
            <PublishTrimmed>true</PublishTrimmed>
          </PropertyGroup>
        </Project>
        """;

    private const string Program = """
        var app = WebApplication.CreateSlimBuilder(args).Build();
        app.Run(context => context.Response.WriteAsync("ok"));
        app.Run();
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("timetagger-bare-");

    private BareServer() { }

    /// <summary>Follows <c>ASPNETCORE_URLS</c> and answers every call.</summary>
    internal string Executable => Path.Combine(_folder.FullName, "published", "Bare");

    /// <exception cref="InvalidOperationException">The build failed.</exception>
    internal static async Task<BareServer> PublishAsync()
    {
        var bare = new BareServer();
        var folder = bare._folder.FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Bare.csproj"), Project);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Program);
        string[] arguments = ["publish", folder, "-o", Path.GetDirectoryName(bare.Executable)!, "-nodeReuse:false"];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return build.ExitCode == 0
            ? bare
            : throw new InvalidOperationException($"The bare server cannot be made: {said}");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
