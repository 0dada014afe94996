using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TimeTagger.Api;
using TimeTagger.Configuration;
using TimeTagger.Local.AsInAzure;
using TimeTagger.Local.Site;

namespace TimeTagger.Local;

/// <summary>One address for the site and the API, as a Static Web App with a linked Functions app has one.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    /// <summary>How long calls that are being answered may go on after the end was asked for.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly IPEndPoint _bind;
    private readonly SettingValues _settings;
    private readonly IApi _api;
    private Task<WebApplication>? _opening;

    /// <param name="options">What the person chose.</param>
    /// <param name="emulator">How to reach the storage emulator, where that has the data; else null.</param>
    public LocalServer(Options options, string? emulator)
    {
        _bind = options.Bind;
        _settings = options.SettingsWith(emulator);
        _api =
            options.Host == HostKind.Functions ? new ApiUnderHost(options, _settings) : new ApiInThisProcess(_settings);
    }

    /// <summary>Fails with a <see cref="Refusal"/> if the server ends before it is told to.</summary>
    public Task Ended => _api.Ended;

    /// <summary>Puts the server together and opens what it keeps data in; nobody can reach it yet.</summary>
    /// <exception cref="Exception">A <see cref="Refusal"/>, or another whose message is a sentence for the person.</exception>
    public Task OpenAsync(CancellationToken stopping) => _opening = Task.Run(() => BuildAsync(stopping), stopping);

    /// <summary>Starts to listen, once it is open; the server stops when it is disposed.</summary>
    /// <exception cref="Refusal">The address cannot be listened on.</exception>
    public async Task ServeAsync(ISite site, CancellationToken stopping)
    {
        var app = await _opening!;
        app.Run(context =>
        {
            OriginalAddresses.Resolve(context);
            return TimeTaggerApi.Owns(context.Request.Path) ? _api.AnswerAsync(context) : site.ServeAsync(context);
        });
        try
        {
            await app.StartAsync(stopping);
        }
        catch (IOException e)
        {
            throw e.InnerException is AddressInUseException
                ? Preflight.PortInUse(_bind)
                : Preflight.CannotListen(_bind, e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_opening is { } opening)
        {
            await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opening.IsCompletedSuccessfully)
            {
                await using var app = await opening;
                await app.StopAsync();
            }
        }

        await _api.DisposeAsync();
    }

    private async Task<WebApplication> BuildAsync(CancellationToken stopping)
    {
        var app = CreateBuilder().Build();
        try
        {
            await _api.OpenAsync(app.Services, stopping);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private WebApplicationBuilder CreateBuilder()
    {
        // An empty builder: no configuration file and no ASPNETCORE_ variable of this machine changes what is served.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.ConfigureTimeTaggerApi();
                kestrel.Listen(_bind, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            });
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddTimeTaggerApi(_settings);
        builder.Services.AddSingleton<IHostLifetime, LifeOfTheProgram>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        _api.AddTo(builder);
        return builder;
    }

    /// <summary>Leaves Ctrl-C and its like to <see cref="StopSignals"/>.</summary>
    private sealed class LifeOfTheProgram : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
