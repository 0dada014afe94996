namespace TimeTagger.Api.Tests.Handler;

/// <summary>One handler for all tests of a class; each test works on accounts of its own.</summary>
public sealed class HandlerFixture : IAsyncLifetime
{
    private int _accounts;

    internal DataFolder Data { get; } = new();

    internal HandlerProcess Handler { get; private set; } = null!;

    /// <summary>A caller without a token.</summary>
    internal ApiClient Nobody => new(Handler.Http, "nobody", null);

    internal RawHttp Raw => new(Handler.Port);

    /// <summary>A user that no other test has.</summary>
    internal string NewUser() => Credentials.User(Interlocked.Increment(ref _accounts));

    /// <summary>An account that no other test has, signed in.</summary>
    internal Task<ApiClient> NewAccountAsync() => ApiClient.SignInAsync(Handler.Http, NewUser());

    public async Task InitializeAsync() =>
        Handler = await HandlerProcess.StartAsync(Data.Path, ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers));

    public async Task DisposeAsync()
    {
        using var _ = Data;
        if (Handler is not null) // Null where it did not start.
        {
            await Handler.DisposeAsync();
            Handler.AssertSound();
        }
    }
}
