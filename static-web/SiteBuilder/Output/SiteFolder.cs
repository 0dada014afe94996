using System.Text.Json;

namespace TimeTagger.SiteBuilder.Output;

/// <summary>
/// The folder of the built site. A build goes into a folder beside it and takes its place when it is complete, so a
/// failed build changes nothing. What was built from which inputs is remembered outside the served content.
/// </summary>
internal sealed class SiteFolder
{
    private readonly string _out;
    private readonly string _work;
    private readonly string _stamp;

    public SiteFolder(string output)
    {
        _out = output;
        var stamps = Path.Combine(
            Path.GetDirectoryName(output) ?? throw new OutputFolderException($"{output} cannot be the site's folder."),
            ".stamps"
        );
        var name = Path.GetFileName(output);
        _work = Path.Combine(stamps, $"{name}.building");
        _stamp = Path.Combine(stamps, $"{name}.json");
        Stages = Path.Combine(stamps, $"{name}.stages");
        Directory.CreateDirectory(stamps);
    }

    /// <summary>Where the stages of the build keep what they made.</summary>
    public string Stages { get; }

    /// <summary>What was built: the fingerprint of the inputs, and each file with its length.</summary>
    private sealed record Stamp(string Fingerprint, IReadOnlyDictionary<string, long> Files);

    /// <summary>Waits until no other build works on this folder; dispose to let the next one in.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public async Task<IDisposable> EnterAsync(TextWriter log, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(
                    $"{_work}.lock",
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    bufferSize: 1,
                    FileOptions.DeleteOnClose
                );
            }
            catch (IOException e) when (IsInUse(e))
            {
                if (tries == 0)
                {
                    await log.WriteLineAsync("Waiting for another build of the site …");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
            }
        }
    }

    // What the systems say of a locked file (Linux, macOS, Windows); a full disk, say, is no reason to wait.
    private static bool IsInUse(IOException e) => (e.HResult & 0xFFFF) is 11 or 35 or 32;

    /// <summary>Whether the folder holds, untouched, what was built from these inputs.</summary>
    public bool IsBuiltFrom(string fingerprint)
    {
        try
        {
            var stamp = JsonSerializer.Deserialize<Stamp>(File.ReadAllText(_stamp));
            return stamp?.Fingerprint == fingerprint
                && Directory.Exists(_out)
                && Listing(_out).OrderBy(f => f.Key).SequenceEqual(stamp.Files.OrderBy(f => f.Key));
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Copies all files of a folder.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? to);
            File.Copy(file, copy, overwrite: true);
        }
    }

    /// <summary>An empty folder to build into.</summary>
    /// <exception cref="OutputFolderException">The site's folder holds something that is not a site.</exception>
    public string Begin()
    {
        // The folder will be replaced as a whole: a wrong --out must not cost anybody their files.
        if (
            Directory.Exists(_out)
            && Directory.EnumerateFileSystemEntries(_out).Any()
            && !File.Exists(Path.Combine(_out, "staticwebapp.config.json"))
        )
        {
            throw new OutputFolderException(
                $"{_out} holds files that are not a built site. Name another folder with --out, or empty it first."
            );
        }

        Discard();
        Directory.CreateDirectory(_work);
        return _work;
    }

    /// <summary>Puts what was built in the place of the last build.</summary>
    /// <exception cref="OutputFolderException">The folder is in use.</exception>
    public void Complete(string fingerprint)
    {
        var old = $"{_work}.old";
        try
        {
            File.Delete(_stamp);
            if (Directory.Exists(_out))
            {
                Directory.Move(_out, old);
            }

            Directory.Move(_work, _out);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!Directory.Exists(_out) && Directory.Exists(old))
            {
                Directory.Move(old, _out);
            }

            throw new OutputFolderException($"{_out} could not be replaced ({e.Message}). Close what uses it.", e);
        }

        File.WriteAllText(_stamp, JsonSerializer.Serialize(new Stamp(fingerprint, Listing(_out))));
        Discard();
    }

    /// <summary>Removes what an unfinished build left.</summary>
    public void Discard()
    {
        foreach (var folder in (string[])[_work, $"{_work}.old"])
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static Dictionary<string, long> Listing(string folder) =>
        new DirectoryInfo(folder)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .ToDictionary(
                file => Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'),
                file => file.Length,
                StringComparer.Ordinal
            );
}
