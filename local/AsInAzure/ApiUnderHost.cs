using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TimeTagger.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace TimeTagger.Local.AsInAzure;

/// <summary>The API as in Azure: the package that is deployed, under an emulator of the Functions host.</summary>
/// <param name="options">What the person chose.</param>
/// <param name="settings">What the worker is told.</param>
internal sealed class ApiUnderHost(Options options, SettingValues settings) : IApi
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HostProcess? _host;
    private HostForwarder? _forwarder;

    public Task Ended => _ended.Task;

    public void AddTo(WebApplicationBuilder builder)
    {
        builder.Services.AddHttpForwarder();
        builder.Logging.AddFilter("Yarp", LogLevel.Error); // callers hear it, and its lines hold queries
    }

    public async Task OpenAsync(IServiceProvider services, CancellationToken stopping)
    {
        var package = options.Package ?? await PackagePublisher.PublishAsync(stopping);
        var state = OwnersFolder.CreateOwn(Path.Combine(options.DataDir, "functions-host"));
        _host = HostProcess.Start(package, state, settings, line => Console.WriteLine($"functions | {line}"));
        _forwarder = new HostForwarder(services.GetRequiredService<IHttpForwarder>(), _host.Address);
        await _host.ReadyAsync(TimeProvider.System, stopping);
        _ = TellEndAsync(_host);
    }

    public Task AnswerAsync(HttpContext context) => _forwarder!.ForwardAsync(context);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _forwarder?.Dispose();
        _stopping.Dispose();
    }

    private async Task TellEndAsync(HostProcess host)
    {
        try
        {
            _ended.TrySetException(await host.EndedAsync(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // This program stops it.
        }
    }
}
