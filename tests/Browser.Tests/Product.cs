using TimeTagger.TestSupport;

namespace TimeTagger.Browser.Tests;

/// <summary>The product as a person runs it, on a port and a data folder of its own; it can be killed and started again.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly int _port = LocalProgram.FreePort();
    private readonly string[] _arguments;
    private LocalProgram? _program;
    private bool _runs;

    /// <param name="arguments">More arguments for the product.</param>
    /// <param name="bind">The address it listens at; this computer has to be among those that reach it.</param>
    public Product(string[] arguments, string bind = "127.0.0.1") =>
        _arguments = ["--bind", $"{bind}:{_port}", "--datadir", _data.Path, .. arguments];

    public string Address => $"http://127.0.0.1:{_port}";

    public string Output => _program?.Output ?? "";

    public async Task StartAsync()
    {
        _program = LocalProgram.Start(_arguments);
        _runs = true;
        await _program.RunningAsync();
    }

    /// <summary>Ends it at once, as a power cut would; nothing when they have ended already.</summary>
    public async Task KillAsync()
    {
        if (_program is null || !_runs)
        {
            return;
        }
        await _program.KillAllAsync();
        await _program.DisposeAsync();
        _runs = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null && _runs)
        {
            await _program.DisposeAsync();
        }
        _data.Dispose();
    }
}
