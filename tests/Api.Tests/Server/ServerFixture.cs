namespace TimeTagger.Api.Tests.Server;

/// <summary>One server for all tests of a class; each test works on accounts of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private int _accounts;

    internal DataFolder Data { get; } = new();

    internal ServerProcess Server { get; private set; } = null!;

    /// <summary>A caller without a token.</summary>
    internal ApiClient Nobody => new(Server.Http, "nobody", null);

    internal RawHttp Raw => new(Server.Port);

    /// <summary>A user that no other test has.</summary>
    internal string NewUser() => Credentials.User(Interlocked.Increment(ref _accounts));

    /// <summary>An account that no other test has, signed in.</summary>
    internal Task<ApiClient> NewAccountAsync() => ApiClient.SignInAsync(Server.Http, NewUser());

    public async Task InitializeAsync() =>
        Server = await ServerProcess.StartAsync(Data.Path, ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers));

    public async Task DisposeAsync()
    {
        using var _ = Data;
        if (Server is not null) // Null where it did not start.
        {
            await Server.DisposeAsync();
            Server.AssertSound();
        }
    }
}
