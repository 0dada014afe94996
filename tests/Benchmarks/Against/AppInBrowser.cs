using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace TimeTagger.Benchmarks.Against;

/// <summary>The app of a build in a browser that has all records of a person who has tracked a lot.</summary>
internal sealed class AppInBrowser : IAsyncDisposable
{
    internal const int Records = 50_000;
    private const int InAPut = 2_000;
    private const int InADay = 20;
    private const int Day = 86_400;

    // The page is usable once it shows the records of today; the time is of the frame after that.
    private const string WatchUsable = """
        const look = () => {
          if (document.querySelector("main li") === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => (globalThis.usableAfter = performance.now()));
        };
        look();
        """;

    private readonly Server _server;
    private readonly IBrowserContext _context;

    private AppInBrowser(Server server, IBrowserContext context, IPage page) =>
        (_server, _context, Page) = (server, context, page);

    internal IPage Page { get; }

    /// <summary>Starts the program, and lets a browser that is signed in fetch everything.</summary>
    internal static async Task<AppInBrowser> StartAsync(string program, IBrowser browser)
    {
        var server = await Server.StartAsync(program);
        using var http = Scenarios.NewHttp(server.Address, 1);
        var client = await Client.SignInAsync(http, 0);
        for (var first = 0; first < Records; first += InAPut)
        {
            await client.PutAsync("records", Body(first));
        }

        var context = await browser.NewContextAsync(
            new() { BaseURL = server.Address.GetLeftPart(UriPartial.Authority) }
        );
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(300_000);
        await page.GotoAsync("/login");
        await page.EvaluateAsync(
            """
            (token) => {
              const payload = JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
              localStorage.setItem("timetagger_auth_info", JSON.stringify({ ...payload, token }));
            }
            """,
            client.Token
        );
        await page.AddInitScriptAsync(WatchUsable);
        await page.GotoAsync("/app/");
        await page.EvaluateAsync(
            """
            async (records) => {
              for (;;) {
                const [found] = (await indexedDB.databases()).filter(({ name }) => name.startsWith("timetagger:"));
                const count = await new Promise((done) => {
                  if (found === undefined) return done(0);
                  indexedDB.open(found.name).onsuccess = ({ target: { result: db } }) => {
                    db.transaction("records").objectStore("records").count().onsuccess = ({ target }) => {
                      db.close();
                      done(target.result);
                    };
                  };
                });
                if (count === records) return;
                await new Promise((done) => setTimeout(done, 200));
              }
            }
            """,
            Records
        );
        return new AppInBrowser(server, context, page);
    }

    /// <returns>Milliseconds from the navigation to the frame that shows what was tracked today.</returns>
    internal async Task<double> NavigateAsync()
    {
        await Page.GotoAsync("/app/");
        await Page.WaitForFunctionAsync("() => globalThis.usableAfter !== undefined");
        // What goes on after that is not to disturb the next one.
        await Page.WaitForTimeoutAsync(2_000);
        return await Page.EvaluateAsync<double>("() => globalThis.usableAfter");
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        await _server.DisposeAsync();
    }

    /// <summary>Twenty records a day, the last one some minutes ago; a tag in fifty, and words that come again.</summary>
    private static byte[] Body(int first)
    {
        var last = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 600;
        return JsonSerializer.SerializeToUtf8Bytes(
            Enumerable
                .Range(first, InAPut)
                .Select(i =>
                {
                    var t2 = last - ((long)(Records - 1 - i) * (Day / InADay));
                    return new Dictionary<string, object>
                    {
                        ["key"] = string.Create(CultureInfo.InvariantCulture, $"k{(i * 7919) % Records:D7}"),
                        ["mt"] = t2,
                        ["t1"] = t2 - 3000,
                        ["t2"] = t2,
                        ["ds"] = $"meeting {i % 700} about part {i % 90} #client/c{i % 50} #billable",
                    };
                })
        );
    }
}
