using System.Text.Json;
using System.Text.Unicode;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>What every answer has to be, whatever was asked.</summary>
internal static class AnswerRules
{
    private const int Deepest = 1100;

    // Sign-in has sentences of its own, which clients know.
    private static readonly Dictionary<int, string[]> Beginnings = new()
    {
        [400] = ["bad request: "],
        [401] = ["unauthorized: ", "Invalid authentication method: "],
        [403] = ["forbidden: ", "Invalid credentials"],
        [404] = ["not found: "],
        [405] = ["method not allowed: "],
        [408] = ["request timeout: "],
        [413] = ["request too large: "],
        [415] = ["unsupported media type: "],
    };

    // Refused by the server itself, which could not read it as HTTP: malformed, a method that needs another form of
    // target, a request line or headers that are too large, a version it does not speak.
    private static readonly int[] Bare = [400, 405, 414, 431, 505];

    // What the Functions host says of what it cannot pass on.
    private static readonly int[] BareOfHost = [.. Bare, 404, 408, 411, 413, 500, 501, 502];

    /// <summary>What is wrong with the answer, or null.</summary>
    internal static string? ProblemOf(FuzzRequest request, WireAnswer answer)
    {
        if (IsBare(answer))
        {
            var mayBeBare = request.MayBeNoHttp || (HostUnderTest.IsFunctions && request.Ending == Ending.Silent);
            return mayBeBare ? null : "it is refused without a text";
        }

        if (IsTheHostsToHead(request, answer))
        {
            return null;
        }

        if (answer.Status == 304)
        {
            return request.Text.Contains("If-None-Match", StringComparison.Ordinal)
                ? null
                : "nobody has the answer yet";
        }

        var problem = answer.Status == 200 ? ProblemOfSuccess(request, answer) : ProblemOfRefusal(request, answer);
        return problem ?? ProblemOfDemand(request, answer);
    }

    internal static bool IsBare(WireAnswer answer) =>
        (HostUnderTest.IsFunctions ? BareOfHost : Bare).Contains(answer.Status)
        && answer.Header("Content-Length") == "0"
        && answer.Header("Content-Type") is null;

    internal static bool IsRevoked(WireAnswer answer) =>
        answer.Status == 401 && answer.Text.Contains("token is revoked", StringComparison.Ordinal);

    private static string? ProblemOfDemand(FuzzRequest request, WireAnswer answer) =>
        request.Demand switch
        {
            Demand.Success when answer.Status != 200 && !IsRevoked(answer) => "nothing is wrong with the request",
            Demand.Refusal when answer.Status != 401 => "a forged token was let in",
            _ => null,
        };

    // In the words of the original's site, which is beside the API on one machine.
    private static bool IsTheSites(FuzzRequest request, WireAnswer answer) =>
        (answer.Status, answer.Text) is (404, "File not found") or (405, "Method not allowed") && !IsBelowApi(request);

    // What it says itself of an address that is no function's, without the length that nothing has.
    private static bool IsTheHostsToHead(FuzzRequest request, WireAnswer answer) =>
        HostUnderTest.IsFunctions
        && request.IsHead
        && (answer.Status, answer.Header("Content-Type")) is (404, null)
        && !IsBelowApi(request);

    // By the time somebody looks for it, a path with steps back has taken them.
    private static bool IsBelowApi(FuzzRequest request) =>
        request.Text.Split(' ', 3) is [_, var target, _]
        && target.StartsWith("/api/", StringComparison.Ordinal)
        && !(
            Uri.TryCreate($"http://localhost{target}", UriKind.Absolute, out var uri)
            && !uri.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal)
        );

    private static string? ProblemOfRefusal(FuzzRequest request, WireAnswer answer)
    {
        if (!Beginnings.TryGetValue(answer.Status, out var beginnings))
        {
            return "no such status is due";
        }

        if (answer.Header("Content-Type") != "text/plain" || !Utf8.IsValid(answer.Body))
        {
            return "it is no plain text";
        }

        return
            request.IsHead
            || IsTheSites(request, answer)
            || Array.Exists(beginnings, text => answer.Text.StartsWith(text, StringComparison.Ordinal))
            ? null
            : "its text does not begin with the status in words";
    }

    // What stands at the root of an app.
    private static bool IsTheHostsPage(WireAnswer answer) =>
        answer.Text.StartsWith("<!DOCTYPE html><title>Functions</title>", StringComparison.Ordinal);

    private static string? ProblemOfSuccess(FuzzRequest request, WireAnswer answer)
    {
        if (
            request.IsHead
            || answer.Text is "ok" or "See https://timetagger.readthedocs.io"
            || (HostUnderTest.IsFunctions && IsTheHostsPage(answer))
        )
        {
            return null;
        }

        if (answer.Header("Content-Type") != "application/json" || !Utf8.IsValid(answer.Body))
        {
            return "it is no JSON in UTF-8";
        }

        try
        {
            using var json = JsonDocument.Parse(answer.Body, new JsonDocumentOptions { MaxDepth = Deepest });
            return json.RootElement.ValueKind == JsonValueKind.Object ? null : "it is no JSON object";
        }
        catch (JsonException e)
        {
            return $"it is no JSON: {e.Message}";
        }
    }
}
