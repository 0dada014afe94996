using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>
/// Cross-origin calls as the settings of the app allow them. Where the host looks after them, on Flex always, it answers every
/// preflight itself, whoever asks and whether or not anybody is allowed, and no function hears of it.
/// </summary>
internal static class Cors
{
    /// <exception cref="JsonException">The origins are not a list in JSON.</exception>
    public static void UseCorsOfTheSettings(this IApplicationBuilder server, Func<string, string?> setting)
    {
        if (setting("FUNCTIONS_ENABLE_CORS_CONFIGURATION") != "1" && setting("WEBSITE_SKU") != "FlexConsumption")
        {
            return;
        }

        var origins = setting("CORS_ALLOWED_ORIGINS") is { Length: > 0 } list
            ? JsonSerializer.Deserialize<string[]>(list)!
            : [];
        var withCredentials = "true".Equals(setting("CORS_SUPPORT_CREDENTIALS"), StringComparison.OrdinalIgnoreCase);
        server.UseCors(policy =>
        {
            policy.WithOrigins(origins).AllowAnyHeader().AllowAnyMethod();
            if (withCredentials)
            {
                policy.AllowCredentials();
            }
        });
    }
}
