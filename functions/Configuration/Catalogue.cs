using System.Net;

namespace TimeTagger.Configuration;

/// <summary>Every setting that TimeTagger has. Their names are those of the original server, where it has them.</summary>
public static class Catalogue
{
    internal const string VariablePrefix = "TIMETAGGER_";

    /// <summary>Where to listen.</summary>
    public static Setting<IPEndPoint> Bind { get; } =
        new()
        {
            Name = "bind",
            Form = "<address:port>",
            Default = "127.0.0.1:8080",
            UsedBy = UsedBy.Local,
            Documentation =
                "Where to listen. The default can be reached from this machine only; * stands for all addresses, and an "
                + "IPv6 address has brackets: [::1]:8080. With an address that others can reach, signing in without a "
                + "password is off. In Azure it has no effect.",
            Parse = Forms.AddressAndPort,
        };

    private const string DataDirByDefault = "~/_timetagger";

    /// <summary>The folder of the embedded store, as a full path; null where nothing is said and nobody has a home.</summary>
    public static Setting<string?> DataDir { get; } =
        new()
        {
            Name = "datadir",
            Form = "<folder>",
            Default = DataDirByDefault,
            UsedBy = UsedBy.Local,
            Documentation =
                "Where the data of one machine lies. The folder is created for its owner only; it must not be on a network "
                + "file system. With storage in Azure it has no effect.",
            Parse = Forms.Path,
            // Not everybody needs one: where it is missed, DataDirOf says so.
            WhenUnset = static () => Forms.Home is null ? null : Forms.Path(DataDirByDefault),
        };

    /// <summary>The folder of the embedded store, for a program that needs it.</summary>
    /// <exception cref="ConfigurationException">Nothing is said, and nobody has a home.</exception>
    public static string DataDirOf(SettingValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Get(DataDir) ?? throw values.Unusable(DataDir, Forms.NoHome(DataDirByDefault));
    }

    /// <summary>How much is logged.</summary>
    public static Setting<LogSeverity> LogLevel { get; } =
        new()
        {
            Name = "log_level",
            Form = "debug|info|warning|error",
            Default = "info",
            UsedBy = UsedBy.Both,
            Documentation =
                "The least severe messages that are logged: debug adds a line for every call, warning and error leave things "
                + "out. Descriptions, tags, tokens and passwords are never logged.",
            Parse = Forms.OneOf<LogSeverity>,
            Write = Forms.Name,
        };

    /// <summary>User names and the bcrypt hashes of their passwords.</summary>
    public static Setting<IReadOnlyDictionary<string, string>> Credentials { get; } =
        new()
        {
            Name = "credentials",
            Form = "<user:hash,...>",
            Default = "none",
            UsedBy = UsedBy.Both,
            IsSecret = true,
            Documentation =
                "Who may sign in with a password: users and the bcrypt hashes of their passwords, with , or ; between. In a "
                + "shell it needs single quotes, because a hash has dollar signs. In Azure it has no effect.",
            Parse = CredentialList.Parse,
            WhenUnset = static () => new Dictionary<string, string>(StringComparer.Ordinal),
            Write = CredentialList.Write,
        };

    /// <summary>Whether a reverse proxy signs people in.</summary>
    public static Setting<bool> ProxyAuthEnabled { get; } =
        new()
        {
            Name = "proxy_auth_enabled",
            Form = "true|false",
            Default = "false",
            UsedBy = UsedBy.Local,
            Documentation =
                "Whether a reverse proxy signs people in and says in a header who they are. Whoever can call from an "
                + "address of proxy_auth_trusted can then sign in as anybody, so only such a proxy may. Signing in on this "
                + "computer without a password is off then. Also yes, on, 1 and no, off, 0. In Azure it has no effect.",
            Parse = Forms.Boolean,
            Write = Forms.TrueOrFalse,
        };

    /// <summary>Where the proxies are that are believed.</summary>
    public static Setting<IReadOnlyList<IPNetwork>> ProxyAuthTrusted { get; } =
        new()
        {
            Name = "proxy_auth_trusted",
            Form = "<address,...>",
            Default = "127.0.0.1",
            UsedBy = UsedBy.Local,
            Documentation =
                "The addresses of the proxies that proxy_auth_enabled believes, with , or ; between: addresses, or networks "
                + "such as 10.0.0.0/24. With the default every program on this machine is believed. In Azure it has no "
                + "effect.",
            Parse = NetworkList.Parse,
            Write = NetworkList.Write,
        };

    /// <summary>The header in which a proxy says who calls.</summary>
    public static Setting<string> ProxyAuthHeader { get; } =
        new()
        {
            Name = "proxy_auth_header",
            Form = "<name>",
            Default = "X-Remote-User",
            UsedBy = UsedBy.Local,
            Documentation =
                "The header in which the proxy of proxy_auth_enabled says who calls. The proxy must overwrite what callers "
                + "send in it. In Azure it has no effect.",
            Parse = Forms.HeaderName,
        };

    /// <summary>The origins of web sites that may call the API from a browser.</summary>
    public static Setting<IReadOnlyList<string>> SiteOrigin { get; } =
        new()
        {
            Name = "site_origin",
            Form = "<origin,...>",
            Default = "none",
            UsedBy = UsedBy.Both,
            Documentation =
                "Where the site is served from when that is another address than the API's, such as https://example.com: "
                + "browsers let it call the API then (CORS). Several with , between. The site that the local command "
                + "serves needs none.",
            Parse = OriginList.Parse,
            WhenUnset = static () => [],
            Write = OriginList.Write,
        };

    /// <summary>Which store has the data.</summary>
    public static Setting<StorageKind> Storage { get; } =
        new()
        {
            Name = "storage",
            Form = "embedded|azure|azurite",
            Default = "embedded",
            UsedBy = UsedBy.Both,
            Documentation =
                "What keeps the data: embedded is one SQLite database in the data folder, azure is an Azure Storage account, "
                + "azurite is Azure's emulator on this machine, which is started with everything else.",
            Parse = Forms.OneOf<StorageKind>,
            Write = Forms.Name,
        };

    /// <summary>The connection string of the storage account, or null for a managed identity.</summary>
    public static Setting<string?> StorageConnection { get; } =
        new()
        {
            Name = "storage_connection",
            Form = "<connection string>",
            Default = "none",
            UsedBy = UsedBy.Both,
            IsSecret = true,
            Documentation =
                "The connection string for storage azure. It holds a key: better in the environment than on a command line, "
                + "which others on the machine can read. Without it storage_account is signed in to with the "
                + "managed identity; with it storage_account has no effect.",
            Parse = Forms.ConnectionString,
            WhenUnset = static () => null,
        };

    /// <summary>The storage account that the managed identity signs in to, or null.</summary>
    public static Setting<string?> StorageAccount { get; } =
        new()
        {
            Name = "storage_account",
            Form = "<name>",
            Default = "none",
            UsedBy = UsedBy.Both,
            Documentation =
                "The name of the account for storage azure, which is signed in to with the managed identity of the app: the "
                + "first part of its address, 3 to 24 lower-case letters and digits.",
            Parse = Forms.StorageAccount,
            WhenUnset = static () => null,
        };

    /// <summary>What the API runs in on one machine.</summary>
    public static Setting<HostKind> Host { get; } =
        new()
        {
            Name = "host",
            Form = "direct|functions",
            Default = "direct",
            UsedBy = UsedBy.Local,
            Documentation =
                "What the API runs in on this machine: direct is this program itself, functions is the package that Azure would "
                + "run, under an emulator of the Azure Functions host; the package is made first. The data is then in azurite, "
                + "unless storage is azure with a connection string, and only passwords sign in.",
            Parse = Forms.OneOf<HostKind>,
            Write = Forms.Name,
        };

    /// <summary>The memory budget in MiB, or null for the default.</summary>
    public static Setting<int?> MemoryMb { get; } =
        new()
        {
            Name = "memory_mb",
            Form = "<number>",
            Default = "a quarter of what the process may have",
            Unit = "MiB",
            UsedBy = UsedBy.Both,
            Documentation =
                "The memory budget for all that may grow large: cached accounts, accounts that are being loaded, and bodies "
                + "of requests. What does not fit waits a little and is then answered with 503. The rest of the process "
                + "needs memory beside it. At least 64, so that the largest body fits.",
            Parse = static text => Forms.WholeNumber(text, 64, 1024 * 1024),
            WhenUnset = static () => null,
        };

    /// <summary>How many records and settings an account may hold together.</summary>
    public static Setting<int> QuotaItems { get; } =
        new()
        {
            Name = "quota_items",
            Form = "<number>",
            Default = "1000000",
            UsedBy = UsedBy.Both,
            Documentation =
                "How many records and settings together an account may hold. In a full one new items fail with a sentence "
                + "that says so; what it has can still be changed and hidden.",
            Parse = static text => Forms.WholeNumber(text, 1, 1_000_000_000),
            Write = Forms.Number,
        };

    /// <summary>How much the items of an account may take, in MiB.</summary>
    public static Setting<int> QuotaMb { get; } =
        new()
        {
            Name = "quota_mb",
            Form = "<number>",
            Default = "100",
            Unit = "MiB",
            UsedBy = UsedBy.Both,
            Documentation =
                "How much memory the items of an account may take, and never more than half of the memory budget, so that "
                + "every account can be loaded. A record with a description of 50 letters takes about 120 bytes. In a "
                + "full account items that would make it larger fail; what it has can still be shortened and hidden.",
            Parse = static text => Forms.WholeNumber(text, 1, 1024),
            Write = Forms.Number,
        };

    /// <summary>How many calls a minute a token may make, 0 for no limit, or null for the default.</summary>
    public static Setting<int?> RateToken { get; } =
        new()
        {
            Name = "rate_token",
            Form = "<number>",
            Default = "6000 in Azure, else none",
            Unit = "calls a minute",
            UsedBy = UsedBy.Both,
            Documentation =
                "How many calls a token may make at each instance; more are answered with 429. 0 is no limit, which is the "
                + "default on one machine, where it would only protect you from yourself.",
            Parse = static text => Forms.WholeNumber(text, 0, 1_000_000),
            WhenUnset = static () => null,
        };

    /// <summary>How many calls a minute that show no valid token may come from an address; 0 for no limit.</summary>
    public static Setting<int> RateAddress { get; } =
        new()
        {
            Name = "rate_address",
            Form = "<number>",
            Default = "1000",
            Unit = "failed calls a minute",
            UsedBy = UsedBy.Both,
            Documentation =
                "How many calls from an address may fail for want of a valid token, at each instance. A wrong password counts "
                + "for 20. After that nobody can sign in from there for a while, but who has signed in is not hindered. "
                + "0 is no limit.",
            Parse = static text => Forms.WholeNumber(text, 0, 1_000_000),
            Write = Forms.Number,
        };

    /// <summary>How long the entries of journals stay, in days.</summary>
    public static Setting<int> RetentionDays { get; } =
        new()
        {
            Name = "retention_days",
            Form = "<number>",
            Default = "400",
            Unit = "days",
            UsedBy = UsedBy.Both,
            Documentation =
                "How long every change stays in the journal of its account, for history and undo. What is older goes when "
                + "a snapshot holds what it came to; records and settings themselves stay for ever.",
            Parse = static text => Forms.WholeNumber(text, 1, 36_500),
            Write = Forms.Number,
        };

    /// <summary>Whether the end of standard input stops the program.</summary>
    public static Setting<bool> StopWithStdin { get; } =
        new()
        {
            Name = "stop_with_stdin",
            Form = "true|false",
            Default = "false",
            UsedBy = UsedBy.Local,
            Documentation =
                "Whether TimeTagger stops when its standard input ends, so that it never outlives the program that started it. "
                + "Also yes, on, 1 and no, off, 0. In Azure it has no effect.",
            Parse = Forms.Boolean,
            Write = Forms.TrueOrFalse,
        };

    /// <summary>All of them, in the order of help.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Bind,
        DataDir,
        LogLevel,
        Credentials,
        ProxyAuthEnabled,
        ProxyAuthTrusted,
        ProxyAuthHeader,
        SiteOrigin,
        Storage,
        StorageConnection,
        StorageAccount,
        Host,
        MemoryMb,
        QuotaItems,
        QuotaMb,
        RateToken,
        RateAddress,
        RetentionDays,
        StopWithStdin,
    ];
}
