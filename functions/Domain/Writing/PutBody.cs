using System.Text.Json;
using System.Text.Unicode;

namespace TimeTagger.Domain.Writing;

/// <summary>The body of a PUT: a JSON list of items.</summary>
public static class PutBody
{
    /// <summary>
    /// The most elements of a list. No list of items of 10 MiB has as many (an item takes 27 bytes at least); a list
    /// of rubbish could have millions, each with an error text to answer.
    /// </summary>
    public const int MaxElements = 400_000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonText.MaxDepth };

    /// <summary>Reads the list. What is wrong with a single element is said in its <see cref="Submission"/>.</summary>
    /// <param name="kind">What is sent.</param>
    /// <param name="body">The body's bytes.</param>
    /// <exception cref="FormatException">The body as a whole cannot be read; its message tells the client why.</exception>
    public static IReadOnlyList<Submission> Read(ItemKind kind, ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            throw new FormatException("the body must be a JSON list in UTF-8");
        }

        try
        {
            using var document = JsonDocument.Parse(body, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                throw new FormatException($"List of {Name(kind)} must be a list");
            }

            return document.RootElement.GetArrayLength() <= MaxElements
                ? [.. document.RootElement.EnumerateArray().Select(element => SubmissionReader.Read(kind, element))]
                : throw new FormatException($"a list may have at most {MaxElements} elements; send it in parts");
        }
        catch (JsonException e)
        {
            throw new FormatException(
                $"the body must be a JSON list, at most {JsonText.MaxDepth} levels deep: not JSON at line {e.LineNumber + 1}",
                e
            );
        }
    }

    private static string Name(ItemKind kind) => kind == ItemKind.Record ? "records" : "settings";
}
