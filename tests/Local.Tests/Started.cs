using TimeTagger.TestSupport;

namespace TimeTagger.Local.Tests;

/// <summary>The program on a port, a data folder and an empty site of its own; what is started again has the same.</summary>
internal sealed class Started : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _site = new();
    private LocalProgram? _program;

    public string Bind { get; } = $"127.0.0.1:{LocalProgram.FreePort()}";

    public string DataDir => _data.Path;

    public LocalProgram Program => _program ?? throw new InvalidOperationException("It was not started.");

    /// <param name="name">The name of a file of the site.</param>
    public void WriteSite(string name, string text) => _site.Write(name, text);

    public void WriteData(string name, string text) => _data.Write(name, text);

    /// <summary>Starts it, and does not wait.</summary>
    public LocalProgram Start(params string[] arguments) => Start(arguments, []);

    public LocalProgram Start(string[] arguments, (string Name, string Value)[] environment) =>
        _program = LocalProgram.Start(
            [$"--bind={Bind}", $"--datadir={DataDir}", $"--site={_site.Path}", .. arguments],
            environment
        );

    /// <summary>Starts it, and waits until it runs.</summary>
    public async Task<ApiClient> RunAsync(params string[] arguments)
    {
        await Start(arguments).RunningAsync();
        return new ApiClient(Bind);
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        _data.Dispose();
        _site.Dispose();
    }
}
