using System.Net;
using System.Net.Sockets;
using System.Text;
using TimeTagger.FunctionsHost.Tests.Emulator;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Product;

/// <summary>The start of the published package.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Storage_BeforeTheFirstCall_IsNotEvenConnectedTo()
    {
        await using var storage = new CountedStorage();
        (string, string?)[] settings =
        [
            ("AzureWebJobsStorage", storage.Connection),
            ("AzureWebJobs.Maintenance.Disabled", "true"), // The host itself would ask.
            ("AzureWebJobs.Webhooks.Disabled", "true"),
            ("AzureWebJobs.Sweep.Disabled", "true"),
            ("TIMETAGGER_STORAGE", "azure"),
            ("TIMETAGGER_STORAGE_CONNECTION", storage.Connection),
            ("TIMETAGGER_CREDENTIALS", "ann:$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        ];
        await using var host = HostProgram.Start(await PublishedPackage.FolderAsync(), settings);
        await host.LineAsync("The worker is ready.");

        foreach (var path in new[] { "/api/status", "/api/v2/version", "/api/v2/updates?since=0", "/api/v2/unknown" })
        {
            using var answer = await host.Http.GetAsync(path);
            Assert.InRange((int)answer.StatusCode, 200, 404);
        }

        await Task.Delay(TimeSpan.FromSeconds(1)); // for whatever a start might do in the background
        Assert.Equal(0, storage.Connections);

        // The count is one: the first call that needs the storage does connect.
        using var signIn = await Calls.TrySignInAsync(
            host.Http,
            """{"method":"usernamepassword","username":"ann","password":"U*U"}"""
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, signIn.StatusCode);
        Assert.NotEqual(0, storage.Connections);
    }

    /// <summary>Takes connections, counts them, and ends them.</summary>
    private sealed class CountedStorage : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _counting;
        private int _connections;

        public CountedStorage()
        {
            _listener.Start();
            _counting = CountAsync();
        }

        public int Connections => Volatile.Read(ref _connections);

        public string Connection
        {
            get
            {
                var key = Convert.ToBase64String(Encoding.ASCII.GetBytes("key"));
                var address = $"http://{_listener.LocalEndpoint}/devstoreaccount1";
                return $"AccountName=devstoreaccount1;AccountKey={key};BlobEndpoint={address};QueueEndpoint={address};TableEndpoint={address}";
            }
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _counting;
        }

        private async Task CountAsync()
        {
            while (true)
            {
                try
                {
                    using var connection = await _listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref _connections);
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
