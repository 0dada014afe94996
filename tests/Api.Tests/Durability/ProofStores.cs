using TimeTagger.Api.Tests.Server;
using TimeTagger.Configuration;
using TimeTagger.Emulators;

namespace TimeTagger.Api.Tests.Durability;

/// <summary>One Azurite for all proofs. They run one after another: each keeps a machine busy by itself.</summary>
[CollectionDefinition(nameof(Proofs))]
public sealed class Proofs : ICollectionFixture<ProofStores>;

/// <summary>The stores that the proofs are run over.</summary>
public sealed class ProofStores : IAsyncLifetime
{
    private Azurite? _azurite;
    private int _users;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    /// <summary>A store of that kind: an embedded one is new, Azurite is the same for all.</summary>
    internal async Task<ProofStore> OpenAsync(StorageKind kind)
    {
        if (kind == StorageKind.Embedded)
        {
            return new ProofStore(NewUser, []);
        }

        _azurite ??= await Azurite.StartAsync();
        return new ProofStore(
            NewUser,
            [(Catalogue.Storage.Variable, "azure"), (Catalogue.StorageConnection.Variable, _azurite.ConnectionString)]
        );
    }

    private string NewUser() => Credentials.User(_users++);
}

/// <summary>A store that servers of a test share.</summary>
/// <param name="newUser">Names a user that no other test has.</param>
/// <param name="variables">How a server reaches it; nothing for the embedded store, which lies in a folder of its own.</param>
internal sealed class ProofStore(Func<string> newUser, (string, string?)[] variables) : IDisposable
{
    private readonly DataFolder _data = new();

    internal Task<ServerProcess> StartServerAsync() =>
        ServerProcess.StartAsync(_data.Path, [(Catalogue.Credentials.Variable, Credentials.AllUsers), .. variables]);

    /// <summary>An account that no other test has, signed in.</summary>
    internal Task<ApiClient> NewAccountAsync(ServerProcess server) => ApiClient.SignInAsync(server.Http, newUser());

    /// <summary>Lets the verb <c>check</c> read all that is stored; asserts that it finds nothing wrong.</summary>
    /// <returns>How it sums up.</returns>
    internal async Task<string> AssertNothingWrongAsync() => (await OperateAsync("check")).AssertNothingWrong();

    /// <summary>Runs an operator's verb over the store.</summary>
    internal async Task<OperatorProcess> OperateAsync(params IEnumerable<string> args)
    {
        var store = await HostUnderTest.StoreAsync(_data.Path);
        return await OperatorProcess.RunAsync(
            [.. store.Select(variable => (variable.Key, variable.Value)), .. variables],
            args
        );
    }

    /// <summary>All that the files of the embedded store hold, one after another.</summary>
    internal async Task<byte[]> BytesAsync()
    {
        using var all = new MemoryStream();
        foreach (var file in Directory.EnumerateFiles(_data.Path))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await stream.CopyToAsync(all);
        }

        return all.ToArray();
    }

    internal string Database => _data.Database;

    public void Dispose() => _data.Dispose();
}
