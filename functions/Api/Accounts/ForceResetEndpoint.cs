using TimeTagger.Api.Functions;
using TimeTagger.Api.Policy;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Accounts;

/// <summary>Makes every client of the account start over: drop what it has, fetch everything.</summary>
internal static class ForceResetEndpoint
{
    internal static void MapForceReset(this RouteGroupBuilder v2) =>
        v2.MapPut("/forcereset", PutAsync).WithAccess(AccessPolicy.AnyToken).InFunction(AccountsFunction.Name);

    private static async Task<IResult> PutAsync(Caller caller, AccountJournal journal, CancellationToken cancellation)
    {
        await journal.ForceResetAsync(caller.Account, caller.Writer, cancellation);
        return JsonAnswer.Of(writer => writer.WriteString("status", "ok"));
    }
}
