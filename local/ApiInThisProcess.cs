using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TimeTagger.Api;
using TimeTagger.Configuration;

namespace TimeTagger.Local;

/// <summary>The API as a part of this program.</summary>
/// <param name="settings">What it is told.</param>
internal sealed class ApiInThisProcess(SettingValues settings) : IApi
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Ended => _ended.Task;

    private static IEnumerable<string> Variables => Environment.GetEnvironmentVariables().Keys.Cast<string>();

    public void AddTo(WebApplicationBuilder builder)
    {
        builder.Services.AddTimeTaggerApi(ApiHost.OneMachine, settings, Environment.GetEnvironmentVariable);
        builder.AddTimeTaggerTelemetry(ApiHost.OneMachine, Variables, Environment.GetEnvironmentVariable);
    }

    public async Task OpenAsync(IServiceProvider services, CancellationToken stopping)
    {
        services.OpenTimeTaggerApi(Variables, Environment.GetEnvironmentVariable);

        // Of its services that work by themselves, one that fails stops the whole server.
        services
            .GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopping.Register(() =>
                _ended.TrySetException(new Refusal("A part of the server has failed; the lines above say why."))
            );
        await WarmUpAsync(services);
    }

    public Task AnswerAsync(HttpContext context) => context.AnswerTimeTaggerApiAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // The first call of all makes what every call passes through, which takes longer than the rest of the start. Nobody
    // has to wait for that while the site is built.
    private static async Task WarmUpAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = "/status";
        await context.AnswerTimeTaggerApiAsync();
    }
}
