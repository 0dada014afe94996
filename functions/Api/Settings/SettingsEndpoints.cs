using TimeTagger.Api.Functions;
using TimeTagger.Api.Items;
using TimeTagger.Api.Policy;
using TimeTagger.Domain;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Settings;

/// <summary>Settings: all of them, or store some.</summary>
internal static class SettingsEndpoints
{
    internal static void MapSettings(this RouteGroupBuilder v2)
    {
        v2.MapGet("/settings", GetAsync).WithAccess(AccessPolicy.AnyToken).InFunction(SettingsFunction.Name).WithETag();
        v2.MapPut("/settings", PutAsync).WithAccess(AccessPolicy.AnyToken).InFunction(SettingsFunction.Name);
    }

    private static async Task<IResult> GetAsync(Caller caller, AccountJournal journal, CancellationToken cancellation)
    {
        var settings = await journal.ReadViewAsync(caller.Account, view => view.All(ItemKind.Setting), cancellation);
        return new JsonAnswer(answer => answer.WriteSettingsAsync(settings));
    }

    private static Task<IResult> PutAsync(
        Caller caller,
        AccountJournal journal,
        HttpRequest request,
        BodyReader body,
        CancellationToken cancellation
    ) => ItemsPut.PutAsync(ItemKind.Setting, caller, journal, request, body, cancellation);
}
