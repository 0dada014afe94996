using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Accounts;

/// <summary>Which ways to sign in exist here at all, whatever the settings say.</summary>
internal static class SignInServices
{
    internal static void AddSignIn(this IServiceCollection services, ApiOptions options)
    {
        // Behind a Functions host the peer of every call is the host, on this machine: nobody can tell who is behind it.
        if (options.Host == ApiHost.OneMachine && !options.InAzure)
        {
            services.AddSingleton<ISignInMethod, LocalhostSignIn>();
            services.AddSingleton<ISignInMethod, ProxySignIn>();
        }

        if (!options.InAzure)
        {
            services.AddSingleton<ISignInMethod, PasswordSignIn>();
        }
    }
}
