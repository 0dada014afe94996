using TimeTagger.Api.Policy;
using TimeTagger.Domain;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Items;

/// <summary>PUT of records or settings: the two differ only in what an item is.</summary>
internal static class ItemsPut
{
    internal static async Task<IResult> PutAsync(
        ItemKind kind,
        Caller caller,
        AccountJournal journal,
        HttpRequest request,
        BodyReader body,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<Submission> submissions;
        try
        {
            submissions = PutBody.Read(kind, await body.ReadAsync(request));
        }
        catch (FormatException e)
        {
            return ApiError.BadRequest(e.Message);
        }

        var put = await journal.PutAsync(caller.Account, caller.Writer, kind, submissions, cancellation);
        return new JsonAnswer(async answer =>
        {
            await answer.WriteTextsAsync("accepted", put.Accepted);
            await answer.WriteTextsAsync("failed", put.Failed);
            await answer.WriteTextsAsync("errors", put.Errors);
        });
    }
}
