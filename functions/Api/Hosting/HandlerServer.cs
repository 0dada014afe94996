using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using TimeTagger.Api.Accounts;
using TimeTagger.Api.Limits;
using TimeTagger.Api.Maintenance;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Tokens;
using TimeTagger.Api.Webhooks;
using TimeTagger.Configuration;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Keys;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Hosting;

/// <summary>Builds the web server: what it listens on, what it is made of, what it writes to the log.</summary>
internal static class HandlerServer
{
    /// <summary>The server, with its store open.</summary>
    /// <exception cref="Exception">One that <see cref="IsForThePerson"/>: something about this machine prevents it.</exception>
    internal static WebApplication Build(HandlerOptions options)
    {
        var app = CreateBuilder(options).Build();
        app.Services.GetRequiredService<StorageAccount>();
        return app;
    }

    /// <summary>Whether an exception's message is a sentence for whoever starts the program, rather than a defect.</summary>
    internal static bool IsForThePerson(Exception e) =>
        e
            is ConfigurationException
                or InvalidDataException
                or StorageUnavailableException
                or NewerFormatException
                or MemoryFullException
                or IOException
                or SocketException
                or UnauthorizedAccessException;

    private static WebApplicationBuilder CreateBuilder(HandlerOptions options)
    {
        // The Functions host hands its ASPNETCORE_URLS down; unless told otherwise, Kestrel warns that it does not use it.
        var builder = WebApplication.CreateSlimBuilder(["--urls="]);

        // What the framework reads of itself (its variables, appsettings.json where it happens to be started) could
        // open another address or let queries into the log. HandlerOptions is all there is.
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Explicit, because the Functions host hands down its own ASPNETCORE_URLS.
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyReader.MaxDrainedBytes;
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.SetMinimumLevel(options.LogLevel);

        // The framework's own request lines hold query strings, which hold tags.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // Why it cannot start is said in a sentence; the framework would add a stack trace, twice.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        builder.Logging.AddFilter(
            "Microsoft.AspNetCore.Server.Kestrel",
            level => level is LogLevel.Warning or LogLevel.Error
        );
        AddServices(builder.Services, options);
        return builder;
    }

    /// <summary>Stops the application when standard input ends: whoever started us is gone.</summary>
    internal static void StopWithStdin(WebApplication app)
    {
        var watcher = new Thread(() =>
        {
            var buffer = new byte[64];
            using var input = Console.OpenStandardInput();
            while (input.Read(buffer) > 0)
            {
                // Nothing is ever said on it; only its end matters.
            }

            app.Lifetime.StopApplication();
        })
        {
            IsBackground = true,
            Name = "standard input",
        };
        watcher.Start();
    }

    private static void AddServices(IServiceCollection services, HandlerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(RandomNumberGenerator.Create());
        services.AddStorage(options);
        services.AddSingleton(provider => new SigningKeys(
            provider.GetRequiredService<StorageAccount>().System,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<RandomNumberGenerator>()
        ));
        services.AddSingleton(provider => new MemoryBudget(
            options.MemoryBytes,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddCors();
        AnswerCompression.AddTo(services);
        services.AddSingleton<BodyReader>();
        services.AddSingleton(options.Quota);
        services.AddSingleton<AccountJournal>();
        services.AddSingleton<AuthTokens>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Authentication>();
        services.AddMaintenance(options);
        services.AddWebhooks(options);
        if (!options.InAzure)
        {
            services.AddSingleton<ISignInMethod, LocalhostSignIn>();
            services.AddSingleton<ISignInMethod, PasswordSignIn>();
            services.AddSingleton<ISignInMethod, ProxySignIn>();
        }
    }
}
