using System.Net;
using TimeTagger.Configuration;

namespace TimeTagger.Local;

/// <summary>What counts for this start: the settings, and arguments for tests and development.</summary>
/// <param name="Bind">Where to listen.</param>
/// <param name="DataDir">A full path.</param>
/// <param name="Storage">Which store has the data: the emulator's, where the embedded one would not do.</param>
/// <param name="Host">What the API runs in.</param>
/// <param name="StopsWithStdin">Whether the end of standard input is the end.</param>
/// <param name="Site">A full path to a built site, or null to build it.</param>
/// <param name="Watch">A full path to the sources of a site that is built again whenever they change, or null.</param>
/// <param name="Package">A full path to a package for Azure, or null to make it where it is needed.</param>
/// <param name="Values">All of it.</param>
internal sealed record Options(
    IPEndPoint Bind,
    string DataDir,
    StorageChoice Storage,
    HostKind Host,
    bool StopsWithStdin,
    string? Site,
    string? Watch,
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
        UsedBy = UsedBy.Local,
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
        UsedBy = UsedBy.Local,
        Documentation =
            "Build the site again whenever one of its sources changes, and reload the browsers that show it. The folder is "
            + "that of the sources, if not static-web.",
        Parse = static text =>
            text.Length == 0 ? Path.Combine(BuildOutputs.RepositoryRoot, "static-web") : Forms.Path(text),
        WhenUnset = static () => null,
    };

    private static readonly Setting<string?> PackageArgument = new()
    {
        Name = "package",
        Form = "<folder>",
        Default = "publish functions/Worker",
        IsArgumentOnly = true,
        UsedBy = UsedBy.Local,
        Documentation = "Run this package instead of making it, where host is functions.",
        Parse = Forms.Path,
        WhenUnset = static () => null,
    };

    private static readonly Setting[] ForDevelopment = [SiteArgument, WatchArgument, PackageArgument];

    public static string Help { get; } =
        $"""
            Runs TimeTagger on this machine: builds the site, and serves it and the API from one address.

            Usage: dotnet run --project local -- [options]
                   dotnet run --project local -- check [options]
                   dotnet run --project local -- accounts [options]
                   dotnet run --project local -- backup <file> [options]
                   dotnet run --project local -- erase <account> [--yes] [options]

            check reads all that is stored, also beside a running TimeTagger, and says what is wrong with it. It changes
            nothing. Exit code 0: nothing is wrong; 1: something is; 2: it could not be checked.

            accounts lists all accounts: what logs call each, its key, its name. It changes nothing.

            backup copies all that is stored on this machine into a new file that only its owner can read, also beside a
            running TimeTagger, and checks the copy. Exit code 0: it is there and sound; 1: it is there, and the check
            found something; 2: there is no backup.

            erase deletes all that an account holds, for good, also beside a running TimeTagger; without --yes it only
            says so. The account is told by its name, exactly, or by its key. Exit code 0: it is erased; 1: there is
            nothing to erase, or --yes is missing; 2: it could not be erased.

            {HelpText.Of(Catalogue.All)}

              --help
                  This text.

            An argument wins over its variable. For tests and development:

            {HelpText.Of(ForDevelopment)}
            """;

    /// <exception cref="ConfigurationException">Something is unknown or malformed.</exception>
    public static Options Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var values = SettingValues.Read([.. Catalogue.All, .. ForDevelopment], args, environment);
        var host = values.Get(Catalogue.Host);
        var options = new Options(
            values.Get(Catalogue.Bind),
            Catalogue.DataDirOf(values),
            StorageFor(host, values),
            host,
            values.Get(Catalogue.StopWithStdin),
            values.Get(SiteArgument),
            values.Get(WatchArgument),
            values.Get(PackageArgument),
            values
        );
        return BuildOutputs.PublishedSite is null ? options : WithoutRepository(options);
    }

    /// <summary>The settings as they are to the API.</summary>
    /// <param name="emulator">The connection string of the storage emulator, which is Azure to the API; null for none.</param>
    public SettingValues SettingsWith(string? emulator) =>
        emulator is null
            ? Values
            : Values.With(Catalogue.Storage, StorageKind.Azure).With(Catalogue.StorageConnection, emulator);

    // The Functions host has queues, and finds them by a connection string.
    private static StorageChoice StorageFor(HostKind host, SettingValues values) =>
        (host, StorageChoice.From(values)) switch
        {
            (HostKind.Functions, { Kind: StorageKind.Embedded } choice) => choice with { Kind = StorageKind.Azurite },
            (HostKind.Functions, { Kind: StorageKind.Azure, Connection: null }) => throw values.Unusable(
                Catalogue.Host,
                $"'functions' needs {Catalogue.StorageConnection.Name} where the storage is azure"
            ),
            (_, var choice) => choice,
        };

    private static Options WithoutRepository(Options options)
    {
        const string why = "works in the repository only, where its sources are; this is a published copy";
        return options switch
        {
            { Watch: not null } => throw options.Values.Unusable(WatchArgument, why),
            { Host: HostKind.Functions } => throw options.Values.Unusable(Catalogue.Host, $"'functions' {why}"),
            { Storage.Kind: StorageKind.Azurite } => throw options.Values.Unusable(
                Catalogue.Storage,
                $"'azurite' {why}"
            ),
            _ => options,
        };
    }
}
