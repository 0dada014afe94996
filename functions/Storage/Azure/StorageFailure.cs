using System.Globalization;
using System.Text.Json;
using System.Xml;
using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Azure;

/// <summary>Why a try ended without a result.</summary>
/// <remarks>
/// The text holds the status, the error code and the request's id, never the service's own message: that one
/// quotes signatures when it refuses one.
/// </remarks>
/// <param name="Text">The reason, for an operator.</param>
/// <param name="MayPassSoon">Whether another try now makes sense.</param>
internal sealed record StorageFailure(string Text, bool MayPassSoon)
{
    /// <summary>The service's error code; null when it did not answer.</summary>
    public string? Code { get; private init; }

    /// <summary>How long the service asks us to wait.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    private int Status { get; init; }

    private Exception? Cause { get; init; }

    /// <summary>The failure behind what a client of the service threw; null when it is no failure of the storage.</summary>
    public static StorageFailure? Of(Exception error, DateTimeOffset now) =>
        error switch
        {
            OperationCanceledException => new StorageFailure("no answer in time", MayPassSoon: true),
            RequestFailedException { Status: >= 400 } refusal => OfRefusal(refusal, now),
            RequestFailedException { Status: > 0 } => OfNonsense(error.InnerException),
            RequestFailedException or HttpRequestException => OfConnection(error),
            IOException and not FileNotFoundException => OfConnection(error),
            // The packages' clients throw the parser's exceptions when a gateway answers in the service's place.
            InvalidDataException or JsonException or XmlException => OfNonsense(error),
            AggregateException { InnerException: { } first } => Of(first, now),
            AuthenticationFailedException => new StorageFailure("no token for the identity", false) { Cause = error },
            _ => null,
        };

    /// <summary>The failure as the port tells it.</summary>
    public Exception ToException(StorageTarget target, string operation, int attempts)
    {
        var text = $"Azure {target.Name}, {operation}: {Text}{(attempts > 1 ? $" (try {attempts})" : "")}.";
        return Status switch
        {
#pragma warning disable MA0015 // What is too large was handed to the port's method, whose parameter has no name here.
            400 or 413 when IsTooLarge(Code) => new ArgumentException(text),
#pragma warning restore MA0015
            400 or 405 or 411 or 413 or 415 => new InvalidOperationException(text),
            _ when Cause is not null => new StorageUnavailableException(text, Cause),
            _ => new StorageUnavailableException(text),
        };
    }

    private static StorageFailure OfRefusal(RequestFailedException refusal, DateTimeOffset now)
    {
        var response = refusal.GetRawResponse();
        string? id = null;
        response?.Headers.TryGetValue("x-ms-request-id", out id);
        var code = CodeIn(refusal, response);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{refusal.Status} {code}{Advice(refusal.Status)}{(id is null ? "" : $", request {id}")}"
        );
        return new StorageFailure(text, MayPass(refusal.Status, code))
        {
            Status = refusal.Status,
            Code = code,
            RetryAfter = RetryAfterIn(response, now),
        };
    }

    private static StorageFailure OfNonsense(Exception? cause) =>
        new("an answer that makes no sense", MayPassSoon: true) { Cause = cause };

    // The package for tables reads the code from JSON only; what is refused before the table is looked at is XML.
    private static string? CodeIn(RequestFailedException refusal, Response? response) =>
        string.IsNullOrEmpty(refusal.ErrorCode)
        && response?.Headers.TryGetValue("x-ms-error-code", out var code) == true
            ? code
            : refusal.ErrorCode;

    private static StorageFailure OfConnection(Exception error)
    {
        var cause = error.GetBaseException();
        return new StorageFailure($"no connection: {cause.Message.TrimEnd('.')}", MayPassSoon: true) { Cause = cause };
    }

    private static bool MayPass(int status, string? code) =>
        status is 408 or 429 or 500 or 502 or 503 or 504
        || (status == 409 && code?.EndsWith("BeingDeleted", StringComparison.Ordinal) == true);

    private static bool IsTooLarge(string? code) =>
        code == TableErrorCode.EntityTooLarge
        || code == TableErrorCode.PropertyValueTooLarge
        || code == TableErrorCode.TooManyProperties
        || code == "RequestBodyTooLarge";

    private static string Advice(int status) =>
        status switch
        {
            401 or 403 => " (is the identity given its role, the key right, the firewall open?)",
            _ => "",
        };

    private static TimeSpan? RetryAfterIn(Response? response, DateTimeOffset now)
    {
        if (response is null || !response.Headers.TryGetValue("Retry-After", out var text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date - now
            : null;
    }
}
