using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>An account with both its tokens.</summary>
internal sealed record FuzzAccount(int Number, string User, string Web, string Api);

/// <summary>The accounts that the requests are about. Some requests revoke their tokens; then there are new ones.</summary>
internal sealed class FuzzAccounts : IDisposable
{
    private readonly HttpClient _http;
    private readonly FuzzAccount[] _accounts;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private FuzzAccounts(HttpClient http, int count, string stranger) =>
        (_http, _accounts, Stranger) = (http, new FuzzAccount[count], stranger);

    /// <summary>The one that is reset and whose tokens are revoked: the others have to stay as they are.</summary>
    internal FuzzAccount Unsteady => _accounts[0];

    /// <summary>A user that no request has a token for.</summary>
    internal string Stranger { get; }

    internal IReadOnlyList<FuzzAccount> All => [.. _accounts];

    internal static async Task<FuzzAccounts> OpenAsync(HttpClient http, IReadOnlyList<string> users, string stranger)
    {
        var accounts = new FuzzAccounts(http, users.Count, stranger);
        for (var number = 0; number < users.Count; number++)
        {
            accounts._accounts[number] = await accounts.SignInAsync(number, users[number]);
        }

        return accounts;
    }

    internal FuzzAccount Any(Random random) => _accounts[random.Next(_accounts.Length)];

    internal FuzzAccount Steady(Random random) => _accounts[random.Next(1, _accounts.Length)];

    /// <summary>Signs in again, unless somebody did since.</summary>
    internal async Task RenewAsync(FuzzAccount revoked)
    {
        await _turn.WaitAsync();
        try
        {
            if (_accounts[revoked.Number] == revoked)
            {
                _accounts[revoked.Number] = await SignInAsync(revoked.Number, revoked.User);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    internal ApiClient Client(FuzzAccount account) => new(_http, account.User, account.Web);

    public void Dispose() => _turn.Dispose();

    private async Task<FuzzAccount> SignInAsync(int number, string user)
    {
        while (true)
        {
            var client = await ApiClient.SignInAsync(_http, user);
            var answer = await client.GetAsync("apitoken");
            if (answer.Status == 200) // Else it was revoked meanwhile.
            {
                return new FuzzAccount(number, user, client.Token, answer.Json().GetProperty("token").GetString()!);
            }
        }
    }
}
