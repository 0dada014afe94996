using System.Threading.Channels;

namespace TimeTagger.SiteBuilder.Watching;

/// <summary>
/// Sees changes of everything the site is made of. Folders are watched one by one, because the packages beside them are
/// many thousands of files.
/// </summary>
internal sealed class SourceWatcher : IDisposable
{
    /// <summary>How long nothing may happen before a change is over: programs save in several steps, and often several files.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(30);

    private static readonly string[] Folders = ["app", "assets", "build", "pages", "strings", "styles", "worker"];
    private static readonly string[] Compiled = ["templates", "SiteBuilder"];
    private static readonly string[] BuiltFolders = ["bin", "obj"];

    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly TimeProvider _time;
    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>();

    /// <param name="onCompiled">Gets the name of a changed file that is a part of this program.</param>
    public SourceWatcher(SiteOptions options, TimeProvider time, Action<string> onCompiled)
    {
        _time = time;
        var content = Folders.Select(name => Path.Combine(options.Source, name)).Append(options.Docs);
        foreach (var folder in content.OfType<string>().Where(Directory.Exists))
        {
            Watch(folder, isDeep: true, change => _changes.Writer.TryWrite(change));
        }

        Watch(
            options.Source,
            isDeep: false,
            change =>
            {
                // The folders in it are watched already, or are what this program writes itself.
                if (!Directory.Exists(change) && Path.GetFileName(change) != Path.GetFileName(options.Out))
                {
                    _changes.Writer.TryWrite(change);
                }
            }
        );
        foreach (var folder in Compiled.Select(name => Path.Combine(options.Source, name)).Where(Directory.Exists))
        {
            Watch(
                folder,
                isDeep: true,
                change =>
                {
                    var name = Path.GetRelativePath(options.Root, change).Replace('\\', '/');
                    if (!name.Split('/').Any(BuiltFolders.Contains) && Path.GetExtension(name) is ".razor" or ".cs")
                    {
                        onCompiled(name);
                    }
                }
            );
        }
    }

    public void Dispose() => _watchers.ForEach(watcher => watcher.Dispose());

    /// <summary>Waits until something has changed, and is not changing any more.</summary>
    public async Task ChangedAsync(CancellationToken stopping)
    {
        await _changes.Reader.WaitToReadAsync(stopping);
        do
        {
            while (_changes.Reader.TryRead(out _))
            {
                // One build is for all of them.
            }

            await Task.Delay(Quiet, _time, stopping);
        } while (_changes.Reader.Count > 0);
    }

    private void Watch(string folder, bool isDeep, Action<string> onChange)
    {
        var watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = isDeep,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite,
        };
        watcher.Changed += (_, e) => onChange(e.FullPath);
        watcher.Created += (_, e) => onChange(e.FullPath);
        watcher.Deleted += (_, e) => onChange(e.FullPath);
        watcher.Renamed += (_, e) => onChange(e.FullPath);
        watcher.Error += (_, _) => onChange(folder); // too many at once to be told of each
        watcher.EnableRaisingEvents = true;
        _watchers.Add(watcher);
    }
}
