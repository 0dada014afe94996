using System.Globalization;
using TimeTagger.Api.Checking;
using TimeTagger.Api.Hosting;
using TimeTagger.Configuration;
using TimeTagger.Storage.Embedded;

namespace TimeTagger.Api.Operating;

/// <summary>The verb <c>backup</c>: copies the data of one machine into a file, also beside the product, and checks the copy.</summary>
internal static class BackupCommand
{
    private const string Unfinished = ".unfinished";

    /// <summary>Writes the file, which nobody but its owner can read, and says what is in it.</summary>
    /// <returns>The exit code of the check of the copy: 1 where something is wrong with what was copied.</returns>
    /// <exception cref="Exception">One that <see cref="TimeTaggerApi.IsForThePerson"/>: there is no backup.</exception>
    internal static Task<int> RunAsync(
        IReadOnlyList<string> args,
        Func<string, string?> variable,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        if (args.Count == 0 || args[0].StartsWith("--", StringComparison.Ordinal))
        {
            throw new ConfigurationException("backup needs the name of a file that is not there yet.");
        }

        var file = FileOf(args[0]);
        return ApiStorage.UseAsync(
            [.. args.Skip(1)],
            variable,
            (_, embedded) =>
                embedded is null
                    ? throw new ConfigurationException(
                        $"{Catalogue.Storage.Name}: backup copies the data of one machine (embedded). For a storage account see "
                            + "docs/operations.md."
                    )
                    : BackUpAsync(embedded, file, output, cancellation)
        );
    }

    private static string FileOf(string argument)
    {
        string file;
        try
        {
            file = Forms.Path(argument);
        }
        catch (FormatException e)
        {
            throw new ConfigurationException($"backup: {e.Message}.");
        }

        return Path.Exists(file) ? throw new IOException($"'{file}' is there already. Choose another name.") : file;
    }

    // Under its name it is there as a whole or not at all: half a backup must not pass for one.
    private static async Task<int> BackUpAsync(
        EmbeddedStorage embedded,
        string file,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        var unfinished = file + Unfinished;
        CreateForOwnerOnly(unfinished);
        try
        {
            embedded.BackUpTo(unfinished);
            var code = await CheckAsync(unfinished, output, cancellation);
            File.Move(unfinished, file);
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Backed up to {file}, {new FileInfo(file).Length:N0} bytes, which only its owner can read. It holds the keys that sign tokens: keep it as you keep the data."
                )
            );
            return code;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<int> CheckAsync(string file, TextWriter output, CancellationToken cancellation)
    {
        await using var copy = EmbeddedStorage.OpenExisting(file, TimeProvider.System);
        return await CheckCommand.CheckAsync(copy.Account, output, cancellation);
    }

    private static void CreateForOwnerOnly(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(file, options).Dispose();
    }
}
