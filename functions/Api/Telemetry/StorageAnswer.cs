using System.Diagnostics;
using System.Net.Http.Headers;
using TimeTagger.Storage.Azure;

namespace TimeTagger.Api.Telemetry;

/// <summary>What the span of a request to Azure Storage may tell.</summary>
internal static class StorageAnswer
{
    /// <summary>The tag with the service's error code.</summary>
    internal const string ErrorCode = "azure.storage.error_code";

    /// <summary>The tag with the service's name for the request, which its support asks for.</summary>
    internal const string RequestId = "azure.service.request.id";

    private const int MaxLength = 80;

    /// <summary>Writes down what the service said of the request.</summary>
    internal static void Tell(Activity span, HttpResponseHeaders headers)
    {
        Copy("x-ms-error-code", ErrorCode);
        Copy("x-ms-request-id", RequestId);

        void Copy(string header, string tag)
        {
            if (headers.TryGetValues(header, out var values) && values.First() is var value && IsCode(value))
            {
                span.SetTag(tag, value);
            }
        }
    }

    /// <summary>The table, container or queue that an address leads to, where it is one of ours; the rest are names of people's.</summary>
    internal static string? PlaceIn(Uri address) =>
        address
            .Segments.Skip(1)
            .Take(2) // an emulator has the account's name before it
            .Select(segment => segment.TrimEnd('/').Split('(')[0])
            .FirstOrDefault(AzureStorage.Places.Contains);

    private static bool IsCode(string value) =>
        value.Length <= MaxLength && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
