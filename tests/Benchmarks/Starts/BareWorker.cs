using System.Diagnostics;

namespace TimeTagger.Benchmarks.Starts;

/// <summary>
/// The least that an isolated worker can be, of the same packages and published as ours is: what to compare with.
/// </summary>
internal sealed class BareWorker : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <ImplicitUsings>enable</ImplicitUsings>
            <AzureFunctionsVersion>v4</AzureFunctionsVersion>
            <InvariantGlobalization>true</InvariantGlobalization>
            <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
            <SelfContained>false</SelfContained>
            <PublishReadyToRun>true</PublishReadyToRun>
          </PropertyGroup>
          <ItemGroup>
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            <PackageReference Include="Microsoft.Azure.Functions.Worker" />
            <PackageReference Include="Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore" />
            <PackageReference Include="Microsoft.Azure.Functions.Worker.Sdk" />
            <None Include="host.json" CopyToOutputDirectory="PreserveNewest" CopyToPublishDirectory="PreserveNewest" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using Microsoft.AspNetCore.Http;
        using Microsoft.Azure.Functions.Worker;
        using Microsoft.Azure.Functions.Worker.Builder;
        using Microsoft.Extensions.Hosting;

        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        await builder.Build().RunAsync();

        public sealed class Everything
        {
            [Function("Everything")]
            public Task RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) =>
                request.HttpContext.Response.WriteAsync("ok");
        }
        """;

    private const string HostFile = """{ "version": "2.0" }""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("timetagger-bare-");

    private BareWorker() { }

    /// <summary>The folder of its package.</summary>
    internal string Package => Path.Combine(_folder.FullName, "package");

    /// <exception cref="InvalidOperationException">The build failed.</exception>
    internal static async Task<BareWorker> PublishAsync()
    {
        var bare = new BareWorker();
        await bare.WriteAsync("Bare.csproj", Project);
        await bare.WriteAsync("Program.cs", Program);
        await bare.WriteAsync("host.json", HostFile);
        await bare.WriteAsync("Directory.Packages.props", ImportOf("Directory.Packages.props"));
        await bare.WriteAsync("Directory.Build.targets", ImportOf("Directory.Build.targets"));
        await bare.BuildAsync();
        return bare;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string ImportOf(string file) =>
        $"""<Project><Import Project="{Path.Combine(Programs.RepositoryRoot, file)}" /></Project>""";

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text);

    private async Task BuildAsync()
    {
        string[] arguments = ["publish", _folder.FullName, "-c", "Release", "-o", Package, "-nodeReuse:false"];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = _folder.FullName,
        };
        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException($"The bare worker cannot be made: {said}");
        }
    }
}
