namespace TimeTagger.SiteBuilder;

/// <summary>A failure a person can do something about. The message is all they see: what happened, where, what to do.</summary>
internal abstract class SiteBuildException : Exception
{
    protected SiteBuildException(string message)
        : base(message) { }

    protected SiteBuildException(string message, Exception inner)
        : base(message, inner) { }
}

internal sealed class UsageException(string message)
    : SiteBuildException($"{message} Use: TimeTagger.SiteBuilder [--source static-web] [--out static-web/dist]");

internal sealed class SourceNotFoundException(string message) : SiteBuildException(message);

internal sealed class NodeMissingException()
    : SiteBuildException(
        $"TimeTagger needs Node {Assets.NodeTools.Needed} or newer; none was found. Install it from https://nodejs.org and run the command again."
    );

internal sealed class NodeTooOldException(string found)
    : SiteBuildException(
        $"TimeTagger needs Node {Assets.NodeTools.Needed} or newer; found {found}. Install it from https://nodejs.org and run the command again."
    );

internal sealed class PackageInstallException(string said)
    : SiteBuildException(
        $"npm could not install the client's packages. Check the connection and npm's registry setting, then run the command again. npm said:{Environment.NewLine}{said}"
    );

internal sealed class AssetBuildException(string said)
    : SiteBuildException($"The client's scripts or styles have an error:{Environment.NewLine}{said}");

internal sealed class AssetMissingException(string kind, string name)
    : SiteBuildException($"There is no {kind} named \"{name}\". Add it to static-web, or correct the name.");

internal sealed class PageException(string file, int line, string message)
    : SiteBuildException($"{file}({line}): {message}");

internal sealed class SiteConfigException(string file, string message) : SiteBuildException($"{file}: {message}");

internal sealed class OutputFolderException : SiteBuildException
{
    public OutputFolderException(string message)
        : base(message) { }

    public OutputFolderException(string message, Exception inner)
        : base(message, inner) { }
}
