namespace TimeTagger.Api.Tests.Server;

/// <summary>A data folder of its own for a test.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("timetagger-api-").FullName;

    public string Database => System.IO.Path.Combine(Path, "timetagger.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
