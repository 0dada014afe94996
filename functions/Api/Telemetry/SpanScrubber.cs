using System.Diagnostics;
using OpenTelemetry;

namespace TimeTagger.Api.Telemetry;

/// <summary>
/// Takes out of a span, before it is sent, whatever is not known to be harmless. Addresses hold tags and secrets in their
/// query and names of accounts in their path; methods, routes, hosts and codes do not.
/// </summary>
internal sealed class SpanScrubber : BaseProcessor<Activity>
{
    private const string Address = "url.full";
    private const string Path = "url.path";
    private const string Route = "http.route";
    private const string Method = "http.request.method";

    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        Method,
        "http.response.status_code",
        Route,
        "error.type",
        "url.scheme",
        "network.protocol.version",
        "faas.name",
        "faas.invocation_id",
        "faas.instance",
        "microsoft.sample_rate",
        StorageAnswer.ErrorCode,
        StorageAnswer.RequestId,
    };

    // Whom we call; a caller's word for whom it calls may be anything.
    private static readonly HashSet<string> HarmlessOfClients = new(StringComparer.Ordinal)
    {
        "server.address",
        "server.port",
    };

    /// <inheritdoc/>
    public override void OnStart(Activity data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.TraceStateString = null; // a caller's
    }

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var isClient = data.Kind == ActivityKind.Client;
        var address = data.GetTagItem(Address) as string;
        foreach (var (name, _) in data.TagObjects.ToList())
        {
            if (!Harmless.Contains(name) && !(isClient && HarmlessOfClients.Contains(name)))
            {
                data.SetTag(name, null);
            }
        }

        data.SetStatus(data.Status); // without a description, which is an exception's message
        if (isClient)
        {
            TellPlace(data, address);
        }
        else if (data.GetTagItem(Route) is string route)
        {
            data.SetTag(Path, route); // what Azure Monitor calls the request's address
        }
    }

    private static void TellPlace(Activity data, string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return;
        }

        var place = StorageAnswer.PlaceIn(uri);
        var server = uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        data.SetTag(Address, $"{server}/{place}");
        if (place is not null)
        {
            data.DisplayName = $"{data.GetTagItem(Method)} {place}";
        }
    }
}
