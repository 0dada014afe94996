using Azure.Core;

namespace TimeTagger.Storage.Azure.Tables;

/// <summary>How a <see cref="TableClient"/> talks: transport, retries, diagnostics.</summary>
internal sealed class TableClientOptions : ClientOptions
{
    /// <summary>The version of the REST interface: the first that takes tokens of an identity.</summary>
    public const string ServiceVersion = "2020-12-06";
}
