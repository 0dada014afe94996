using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TimeTagger.Worker;

/// <summary>What the packages start although nothing here uses it.</summary>
internal static class UnusedServices
{
    /// <summary>Keeps data protection from making a folder and a key below the home folder at every start.</summary>
    internal static void RemoveDataProtection(this IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();

        // It would make a key at once, for the others to find.
        const string service = "DataProtectionHostedService";
        foreach (
            var starter in services
                .Where(each => each.ServiceType == typeof(IHostedService) && each.ImplementationType?.Name == service)
                .ToList()
        )
        {
            services.Remove(starter);
        }
    }
}
