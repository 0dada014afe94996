namespace TimeTagger.Local;

/// <summary>A folder that nobody but its owner can look into, whatever the rights of what is put there.</summary>
internal static class OwnersFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes it where it is not there; one that is there keeps the rights that somebody has given it.</summary>
    /// <exception cref="Exception">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</exception>
    internal static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    /// <summary>The same for one of ours inside of it, which nobody else gives rights: one that is there is closed.</summary>
    internal static string CreateOwn(string folder)
    {
        Create(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, OwnerOnly);
        }

        return folder;
    }
}
