using System.Security.Cryptography;

namespace TimeTagger.SiteBuilder.Tools;

/// <summary>The npm packages that the client is built with.</summary>
internal static class ClientPackages
{
    /// <summary>Installs exactly what the lock file says, unless that very lock file is installed already.</summary>
    /// <exception cref="PackageInstallException">npm failed.</exception>
    public static async Task InstallAsync(string source, TextWriter log, CancellationToken cancellation)
    {
        var stamp = Path.Combine(source, "node_modules", ".installed");
        var lockFile = await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"), cancellation);
        var wanted = Convert.ToHexStringLower(SHA256.HashData(lockFile));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp, cancellation) == wanted)
        {
            return;
        }

        await log.WriteLineAsync("Installing the client's packages (first run only) …");
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        var (exitCode, output) = await NodeTools.NpmAsync(arguments, source, cancellation);
        if (exitCode != 0)
        {
            // Below its reason npm prints its whole manual.
            var reason = output
                .Split('\n')
                .TakeWhile(line => !line.Contains("Usage:", StringComparison.Ordinal))
                .Take(20);
            throw new PackageInstallException(string.Join('\n', reason).TrimEnd());
        }

        await File.WriteAllTextAsync(stamp, wanted, cancellation);
    }
}
