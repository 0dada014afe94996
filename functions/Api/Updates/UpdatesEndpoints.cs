using System.Text.Json;
using TimeTagger.Api.Functions;
using TimeTagger.Api.Items;
using TimeTagger.Api.Policy;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Updates;

/// <summary>What changed since a cursor: how clients stay up to date.</summary>
internal static class UpdatesEndpoints
{
    private static readonly JsonEncodedText ServerTimeField = JsonEncodedText.Encode("server_time");

    internal static void MapUpdates(this RouteGroupBuilder v2) =>
        v2.MapGet("/updates", GetAsync).WithAccess(AccessPolicy.AnyToken).InFunction(UpdatesFunction.Name).WithETag();

    private static async Task<IResult> GetAsync(
        Caller caller,
        AccountJournal journal,
        HttpRequest request,
        CancellationToken cancellation
    )
    {
        if (request.Query.Value("since") is not { } text || string.IsNullOrWhiteSpace(text))
        {
            return ApiError.BadRequest("/updates needs since");
        }

        if (QueryText.Seconds(text) is not { } since)
        {
            return ApiError.BadRequest("/updates since needs a number (timestamp)");
        }

        var updates = await journal.UpdatesAsync(caller.Account, since, cancellation);
        return new JsonAnswer(async answer =>
        {
            answer.Json.WriteInstant(ServerTimeField, updates.ServerTime);
            answer.Json.WriteBoolean("reset", updates.Reset);
            await answer.WriteRecordsAsync(updates.Records);
            await answer.WriteSettingsAsync(updates.Settings);
        });
    }
}
