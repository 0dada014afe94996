using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TimeTagger.Storage.Azure.Tables;

/// <summary>
/// One table of Azure Table Storage. Names and meaning are those of the package Azure.Data.Tables, of which this
/// is the part that we need (docs/adr/0007-table-client.md).
/// </summary>
/// <remarks>
/// A refused call throws <see cref="RequestFailedException"/> with the service's status and error code
/// (<see cref="TableErrorCode"/>); an answer that makes no sense throws <see cref="InvalidDataException"/>.
/// </remarks>
internal sealed class TableClient
{
    private const string Scope = "https://storage.azure.com/.default";
    private const string Json = "application/json";
    private const string MinimalMetadata = "application/json;odata=minimalmetadata";
    private const string NextPartitionKey = "NextPartitionKey";
    private const string NextRowKey = "NextRowKey";
    private const string ContinuationPrefix = "x-ms-continuation-";

    // Cannot occur in a header, so neither in half a continuation.
    private const char ContinuationSeparator = '\n';

    private readonly Uri _endpoint;
    private readonly HttpPipeline _pipeline;

    /// <summary>A table that is reached with an identity's token.</summary>
    /// <param name="endpoint">The table service of the account; https.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="credential">The identity.</param>
    /// <param name="options">How to talk.</param>
    public TableClient(Uri endpoint, string tableName, TokenCredential credential, TableClientOptions options)
        : this(endpoint, tableName, new BearerTokenAuthenticationPolicy(credential, Scope), options) { }

    /// <summary>A table that is reached with a policy that signs requests.</summary>
    internal TableClient(Uri endpoint, string tableName, HttpPipelinePolicy authentication, TableClientOptions options)
    {
        _endpoint = endpoint;
        Name = tableName;
        _pipeline = HttpPipelineBuilder.Build(
            new HttpPipelineOptions(options)
            {
                PerRetryPolicies = { authentication },
                RequestFailedDetailsParser = new TableErrorParser(),
            }
        );
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>A filter in which every text is quoted, whatever it holds.</summary>
    /// <param name="filter">Such as <c>$"PartitionKey eq {partition}"</c>; its arguments are texts.</param>
    public static string CreateQueryFilter(FormattableString filter) =>
        string.Format(
            null,
            filter.Format,
            [.. filter.GetArguments().Select(argument => Quote((string)argument!)).Cast<object>()]
        );

    /// <summary>Makes the table unless it is there.</summary>
    public async Task CreateIfNotExistsAsync(CancellationToken cancellationToken)
    {
        using var message = CreateMessage(RequestMethod.Post, "Tables", cancellationToken);
        message.Request.Content = RequestContent.Create(
            new BinaryData($$"""{"TableName":"{{JsonEncodedText.Encode(Name)}}"}""")
        );
        message.Request.Headers.Add("Prefer", "return-no-content");
        await _pipeline.SendAsync(message, cancellationToken);
        if (message.Response.IsError)
        {
            var refusal = new RequestFailedException(message.Response);
            if (refusal.ErrorCode != TableErrorCode.TableAlreadyExists)
            {
                throw refusal;
            }
        }
    }

    /// <summary>Adds an entity. 409 <c>EntityAlreadyExists</c> when its keys are taken.</summary>
    public async Task AddEntityAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        using var message = CreateMessage(RequestMethod.Post, Name, cancellationToken);
        message.Request.Content = RequestContent.Create(TableJson.Write(entity));
        message.Request.Headers.Add("Prefer", "return-no-content");
        await SendAsync(message, cancellationToken);
    }

    /// <summary>The entity at these keys. 404 <c>ResourceNotFound</c> when there is none.</summary>
    public async Task<TableEntity> GetEntityAsync(
        string partitionKey,
        string rowKey,
        CancellationToken cancellationToken
    )
    {
        using var message = CreateMessage(RequestMethod.Get, PathOf(partitionKey, rowKey), cancellationToken);
        return TableJson.Read(await SendAsync(message, cancellationToken));
    }

    /// <summary>
    /// Merges the properties given into the entity that is there. 404 when there is none, 412 when
    /// <paramref name="ifMatch"/> is neither its version nor <see cref="ETag.All"/>.
    /// </summary>
    public async Task UpdateEntityAsync(TableEntity entity, ETag ifMatch, CancellationToken cancellationToken)
    {
        var path = PathOf(entity.PartitionKey, entity.RowKey);
        using var message = CreateMessage(RequestMethod.Patch, path, cancellationToken);
        message.Request.Content = RequestContent.Create(TableJson.Write(entity));

        // Without If-Match it would be "insert or merge".
        message.Request.Headers.Add("If-Match", ifMatch.ToString("H"));
        await SendAsync(message, cancellationToken);
    }

    /// <summary>Removes an entity. 404 and 412 as for <see cref="UpdateEntityAsync"/>.</summary>
    public async Task DeleteEntityAsync(
        string partitionKey,
        string rowKey,
        ETag ifMatch,
        CancellationToken cancellationToken
    )
    {
        using var message = CreateMessage(RequestMethod.Delete, PathOf(partitionKey, rowKey), cancellationToken);
        message.Request.Headers.Add("If-Match", ifMatch.ToString("H"));
        await SendAsync(message, cancellationToken);
    }

    /// <summary>One page of the entities that a filter lets through, ordered by their keys.</summary>
    /// <param name="filter">What <see cref="CreateQueryFilter"/> made.</param>
    /// <param name="maxPerPage">1 to 1,000; there may be fewer, even none, before the last page.</param>
    /// <param name="continuationToken">The previous page's, or null.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Page<TableEntity>> QueryPageAsync(
        string filter,
        int maxPerPage,
        string? continuationToken,
        CancellationToken cancellationToken
    )
    {
        using var message = CreateMessage(RequestMethod.Get, Name + "()", cancellationToken);
        var uri = message.Request.Uri;
        uri.AppendQuery("$filter", Uri.EscapeDataString(filter), escapeValue: false);
        uri.AppendQuery("$top", maxPerPage.ToString(), escapeValue: false);
        if (continuationToken is not null)
        {
            var keys = continuationToken.Split(ContinuationSeparator, 2);
            uri.AppendQuery(NextPartitionKey, Uri.EscapeDataString(keys[0]), escapeValue: false);
            if (keys is [_, { Length: > 0 } rowKey])
            {
                uri.AppendQuery(NextRowKey, Uri.EscapeDataString(rowKey), escapeValue: false);
            }
        }

        var response = await SendAsync(message, cancellationToken);
        return Page<TableEntity>.FromValues(TableJson.ReadList(response), ContinuationIn(response), response);
    }

    private static string? ContinuationIn(Response response)
    {
        if (!response.Headers.TryGetValue(ContinuationPrefix + NextPartitionKey, out var partitionKey))
        {
            return null;
        }

        response.Headers.TryGetValue(ContinuationPrefix + NextRowKey, out var rowKey);
        return $"{partitionKey}{ContinuationSeparator}{rowKey}";
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private string PathOf(string partitionKey, string rowKey) =>
        $"{Name}(PartitionKey={Uri.EscapeDataString(Quote(partitionKey))},RowKey={Uri.EscapeDataString(Quote(rowKey))})";

    private HttpMessage CreateMessage(RequestMethod method, string path, CancellationToken cancellationToken)
    {
        var message = _pipeline.CreateMessage(new RequestContext { CancellationToken = cancellationToken });
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(_endpoint);
        request.Uri.AppendPath(request.Uri.Path.EndsWith('/') ? path : "/" + path, escape: false);
        request.Headers.Add("Accept", MinimalMetadata);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add("MaxDataServiceVersion", "3.0");
        request.Headers.Add("x-ms-version", TableClientOptions.ServiceVersion);
        if (method == RequestMethod.Post || method == RequestMethod.Patch)
        {
            request.Headers.Add("Content-Type", Json);
        }

        return message;
    }

    private async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await _pipeline.SendAsync(message, cancellationToken);
        return message.Response.IsError ? throw new RequestFailedException(message.Response) : message.Response;
    }
}
