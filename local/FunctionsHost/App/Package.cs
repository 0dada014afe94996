namespace TimeTagger.FunctionsHost.App;

/// <summary>A package, read and found to be one that the host would start.</summary>
/// <param name="Root">Its folder, a full path.</param>
/// <param name="Host">What host.json says.</param>
/// <param name="Worker">What to start.</param>
internal sealed record Package(string Root, HostFile Host, WorkerDescription Worker)
{
    /// <exception cref="InvalidAppException">The host would not start it.</exception>
    public static Package Read(string root, Func<string, string?> setting) =>
        Directory.Exists(root)
            ? new Package(root, HostFile.Read(root), WorkerDescription.Read(root, setting))
            : throw new InvalidAppException($"{root} is no folder.");
}
