using TimeTagger.TestSupport;

namespace TimeTagger.Browser.Tests;

/// <summary>The product as a person runs it, on a port and a data folder of its own; it can be killed and started again.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly string _bind = $"127.0.0.1:{LocalProgram.FreePort()}";
    private readonly string[] _arguments;
    private LocalProgram? _program;

    public Product(params string[] arguments) => _arguments = ["--bind", _bind, "--datadir", _data.Path, .. arguments];

    public string Address => $"http://{_bind}";

    public string Output => _program?.Output ?? "";

    public async Task StartAsync()
    {
        _program = LocalProgram.Start(_arguments);
        await _program.RunningAsync();
    }

    /// <summary>Ends front and handler at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        await _program!.KillAllAsync();
        await _program.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }
        _data.Dispose();
    }
}
