using System.Net;
using TimeTagger.Configuration;

namespace TimeTagger.Local;

/// <summary>What counts for this start: the settings, and arguments for tests and development.</summary>
/// <param name="Bind">Where to listen.</param>
/// <param name="DataDir">A full path.</param>
/// <param name="Storage">Which store has the data: the emulator's, where the embedded one would not do.</param>
/// <param name="Host">What starts the handler.</param>
/// <param name="ProxyHeader">The header in which a proxy says who calls, or null where none does.</param>
/// <param name="Site">A full path to a built site, or null to build it.</param>
/// <param name="Watch">A full path to the sources of a site that is built again whenever they change, or null.</param>
/// <param name="Handler">A full path to an executable, or null for the handler that was built with this program.</param>
/// <param name="Package">A full path to a package for Azure, or null to make it where it is needed.</param>
/// <param name="Values">All of it, to pass on to the handler.</param>
internal sealed record Options(
    IPEndPoint Bind,
    string DataDir,
    StorageChoice Storage,
    HandlerHost Host,
    string? ProxyHeader,
    string? Site,
    string? Watch,
    string? Handler,
    string? Package,
    SettingValues Values
)
{
    private static readonly Setting<string?> SiteArgument = new()
    {
        Name = "site",
        Form = "<folder>",
        Default = "build static-web",
        IsArgumentOnly = true,
        UsedBy = UsedBy.Front,
        Documentation = "Serve this built site instead of building it.",
        Parse = Forms.Path,
        WhenUnset = static () => null,
    };

    private static readonly Setting<string?> WatchArgument = new()
    {
        Name = "watch",
        Form = "[<folder>]",
        Default = "build once",
        Alone = "",
        IsArgumentOnly = true,
        UsedBy = UsedBy.Front,
        Documentation =
            "Build the site again whenever one of its sources changes, and reload the browsers that show it. The folder is "
            + "that of the sources, if not static-web.",
        Parse = static text =>
            text.Length == 0 ? Path.Combine(BuildOutputs.RepositoryRoot, "static-web") : Forms.Path(text),
        WhenUnset = static () => null,
    };

    private static readonly Setting<string?> HandlerArgument = new()
    {
        Name = "handler",
        Form = "<file>",
        Default = "the one that was built with this program",
        IsArgumentOnly = true,
        UsedBy = UsedBy.Front,
        Documentation = "Start this executable as the handler.",
        Parse = Forms.Path,
        WhenUnset = static () => null,
    };

    private static readonly Setting<string?> PackageArgument = new()
    {
        Name = "package",
        Form = "<folder>",
        Default = "publish functions/Api",
        IsArgumentOnly = true,
        UsedBy = UsedBy.Front,
        Documentation = "Run this package instead of making it, where host is functions.",
        Parse = Forms.Path,
        WhenUnset = static () => null,
    };

    public static string Help { get; } =
        $"""
            Runs TimeTagger on this machine: builds the site, starts the handler and serves both on one port.

            Usage: dotnet run --project local -- [options]

            {HelpText.Of(Catalogue.All)}

              --help
                  This text.

            An argument wins over its variable. For tests and development:

            {HelpText.Of([SiteArgument, WatchArgument, HandlerArgument, PackageArgument])}
            """;

    /// <exception cref="ConfigurationException">Something is unknown or malformed.</exception>
    public static Options Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var values = SettingValues.Read(
            [.. Catalogue.All, SiteArgument, WatchArgument, HandlerArgument, PackageArgument],
            args,
            environment
        );
        var host = values.Get(Catalogue.Host);
        return new Options(
            values.Get(Catalogue.Bind),
            values.Get(Catalogue.DataDir),
            StorageFor(host, values),
            host,
            values.Get(Catalogue.ProxyAuthEnabled) ? values.Get(Catalogue.ProxyAuthHeader) : null,
            values.Get(SiteArgument),
            values.Get(WatchArgument),
            values.Get(HandlerArgument),
            values.Get(PackageArgument),
            values
        );
    }

    // The Functions host has queues, and finds them by a connection string.
    private static StorageChoice StorageFor(HandlerHost host, SettingValues values) =>
        (host, StorageChoice.From(values)) switch
        {
            (HandlerHost.Functions, { Kind: StorageKind.Embedded } choice) => choice with
            {
                Kind = StorageKind.Azurite,
            },
            (HandlerHost.Functions, { Kind: StorageKind.Azure, Connection: null }) => throw values.Unusable(
                Catalogue.Host,
                $"'functions' needs {Catalogue.StorageConnection.Name} where the storage is azure"
            ),
            (_, var choice) => choice,
        };
}
