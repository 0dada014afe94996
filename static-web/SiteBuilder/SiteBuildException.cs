namespace TimeTagger.SiteBuilder;

/// <summary>A failure a person can do something about. The message is all they see: where, what happened, what to do.</summary>
internal abstract class SiteBuildException : Exception
{
    protected SiteBuildException(string message)
        : base(message) { }

    protected SiteBuildException(string message, Exception inner)
        : base(message, inner) { }

    /// <summary><c>file(line): message</c>, or as much of it as is known.</summary>
    protected static string At(string? file, int? line, string message) =>
        (file, line) switch
        {
            (null, _) => message,
            (_, null) => $"{file}: {message}",
            _ => $"{file}({line}): {message}",
        };
}

internal sealed class UsageException(string message)
    : SiteBuildException($"{message} Use: TimeTagger.SiteBuilder {SiteOptions.Usage}");

internal sealed class DeploymentValueException(string name, string message) : SiteBuildException($"{name}: {message}");

internal sealed class SourceNotFoundException(string message) : SiteBuildException(message);

internal sealed class NodeMissingException()
    : SiteBuildException(
        $"TimeTagger needs Node {Tools.NodeTools.Needed} or newer; none was found. Install it from https://nodejs.org and run the command again."
    );

internal sealed class NpmMissingException()
    : SiteBuildException(
        "TimeTagger needs npm, which comes with Node from https://nodejs.org; Debian has it as the package npm. Install it and run the command again."
    );

internal sealed class NodeTooOldException(string found)
    : SiteBuildException(
        $"TimeTagger needs Node {Tools.NodeTools.Needed} or newer; found {found}. Install it from https://nodejs.org and run the command again."
    );

internal sealed class PackageInstallException(string said)
    : SiteBuildException(
        $"npm could not install the client's packages. Check the connection and npm's registry setting, then run the command again. npm said:{Environment.NewLine}{said}"
    );

/// <summary>The npm side of the build ended without an answer.</summary>
internal sealed class ToolsEndedException(string said)
    : SiteBuildException($"static-web/build.mjs ended without an answer. Node said:{Environment.NewLine}{said}");

/// <summary>A script of the client does not compile.</summary>
internal sealed class ScriptException(string? file, int? line, string message)
    : SiteBuildException(At(file, line, $"{message} Correct the script."));

/// <summary>A style sheet does not compile.</summary>
internal sealed class StyleException(string? file, int? line, string message)
    : SiteBuildException(At(file, line, $"{message} Correct the style sheet."));

/// <summary>A file or a font of the site cannot be taken over.</summary>
internal sealed class AssetFileException(string? file, int? line, string message)
    : SiteBuildException(At(file, line, message));

internal sealed class AssetMissingException(string kind, string name)
    : SiteBuildException($"There is no {kind} named \"{name}\". Add it to static-web, or correct the name.");

/// <summary>The front matter of a page is wrong.</summary>
internal sealed class FrontMatterException(string file, int line, string message)
    : SiteBuildException(At(file, line, message));

/// <summary>A page names something that there is not.</summary>
internal sealed class PageException(string file, int line, string message)
    : SiteBuildException(At(file, line, message));

/// <summary>Two sources would become the same page.</summary>
internal sealed class PageAddressException(string file, string other, string address)
    : SiteBuildException(At(file, null, $"{other} has the address {address} already. Rename or remove one of them."));

/// <summary>Code in a page is of a language that is not known.</summary>
internal sealed class CodeLanguageException(string file, int line, string language, IEnumerable<string> known)
    : SiteBuildException(
        At(
            file,
            line,
            $"There is no highlighting for \"{language}\". Use one of {string.Join(", ", known)}, or none, or add it to build/code.mjs."
        )
    );

/// <summary>A reference in a page leads nowhere.</summary>
internal sealed class BrokenLinkException(string file, int? line, string message)
    : SiteBuildException(At(file, line, message));

/// <summary>Two elements of a page have the same id.</summary>
internal sealed class DuplicateIdException(string file, int? line, string message)
    : SiteBuildException(At(file, line, message));

/// <summary>A page has what the content security policy of the site forbids.</summary>
internal sealed class ForbiddenMarkupException(string file, int? line, string message)
    : SiteBuildException(At(file, line, message));

/// <summary>Several things are wrong, one a line.</summary>
internal sealed class SeveralProblemsException(IReadOnlyList<SiteBuildException> problems)
    : SiteBuildException(string.Join(Environment.NewLine, problems.Select(problem => problem.Message)))
{
    public IReadOnlyList<SiteBuildException> Problems => problems;
}

internal sealed class SiteConfigException(string file, int? line, string message)
    : SiteBuildException(At(file, line, message));

internal sealed class OutputFolderException : SiteBuildException
{
    public OutputFolderException(string message)
        : base(message) { }

    public OutputFolderException(string message, Exception inner)
        : base(message, inner) { }
}
