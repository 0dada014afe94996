using TimeTagger.Api.Functions;
using TimeTagger.Api.Items;
using TimeTagger.Api.Policy;
using TimeTagger.Domain;
using TimeTagger.Domain.Records;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Records;

/// <summary>Records: ask for those of a time range, or store some.</summary>
internal static class RecordsEndpoints
{
    internal static void MapRecords(this RouteGroupBuilder v2)
    {
        v2.MapGet("/records", GetAsync).WithAccess(AccessPolicy.AnyToken).InFunction(RecordsFunction.Name).WithETag();
        v2.MapPut("/records", PutAsync).WithAccess(AccessPolicy.AnyToken).InFunction(RecordsFunction.Name);
    }

    private static async Task<IResult> GetAsync(
        Caller caller,
        AccountJournal journal,
        HttpRequest request,
        CancellationToken cancellation
    )
    {
        if (request.Query.Value("timerange") is not { } range || string.IsNullOrWhiteSpace(range))
        {
            return ApiError.BadRequest("/records needs timerange (2 timestamps)");
        }

        if (ParseRange(range) is not var (from, to))
        {
            return ApiError.BadRequest("/records timerange needs 2 numbers (timestamps)");
        }

        var query = new RecordQuery(
            from,
            to,
            request.Query.Flag("running"),
            request.Query.Flag("hidden"),
            new TagFilter(ParseTags(request.Query.Value("tag")))
        );
        var rows = await journal.ReadViewAsync(caller.Account, static view => view.RecordRows(), cancellation);
        var records = query.Over(rows, cancellation);
        return new JsonAnswer(answer => answer.WriteRecordsAsync(records));
    }

    private static Task<IResult> PutAsync(
        Caller caller,
        AccountJournal journal,
        HttpRequest request,
        BodyReader body,
        CancellationToken cancellation
    ) => ItemsPut.PutAsync(ItemKind.Record, caller, journal, request, body, cancellation);

    private static (long From, long To)? ParseRange(string text) =>
        text.Split('-') is [var from, var to]
        && QueryText.Seconds(from) is { } a
        && QueryText.Seconds(to) is { } b
        && double.IsFinite(a)
        && double.IsFinite(b)
            ? (Truncate(a), Truncate(b))
            : null;

    // A cast from double saturates: a time beyond 64 bits asks for everything up to the end of time.
    private static long Truncate(double seconds) => (long)seconds;

    private static string[] ParseTags(string? text) =>
        text is null
            ? []
            : text.Replace("#", "", StringComparison.Ordinal)
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
