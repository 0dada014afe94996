using TimeTagger.Api.Tests.Server;
using TimeTagger.Domain;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>Makes the requests: the same for the same seed and number, but for the tokens of the run.</summary>
internal sealed class RequestGenerator
{
    // Close below the longest request line that the server reads.
    private const int LongTarget = 8000;

    private readonly int _seed;
    private readonly FuzzAccounts _accounts;
    private readonly (int, Func<Random, FuzzRequest>)[] _kinds;

    internal RequestGenerator(int seed, FuzzAccounts accounts)
    {
        (_seed, _accounts) = (seed, accounts);
        _kinds =
        [
            (1000, Sound),
            (2500, WrongJson),
            (1200, MutatedBody),
            (1200, Mutated),
            (500, BrokenOff),
            (600, InChunks),
            (800, OddHeaders),
            (800, OddQuery),
            (500, OddTarget),
            (200, OddMethod),
            (600, OddToken),
            (500, SignIn),
            (300, Pipelined),
            (5, Silent),
        ];
    }

    internal FuzzRequest Create(int number)
    {
        var random = new Random(unchecked((_seed * 1_000_003) + number));
        return random.Pick(_kinds)(random);
    }

    private FuzzRequest Sound(Random random)
    {
        var account = _accounts.Any(random);
        string[] headers = ["Host: localhost", TokenHeader(random, account)];
        var text = random.Next(12) switch
        {
            < 5 => Put(random, headers, HostileJson.SoundList),
            5 or 6 => Wire.Request("GET", $"/api/v2/updates?since={Since(random)}", headers),
            7 => Wire.Request("GET", $"/api/v2/records?timerange={random.Next()}-{random.Next()}", headers),
            8 => Wire.Request("GET", "/api/v2/settings", headers),
            9 => Wire.Request("GET", "/api/v2/apitoken", ["Host: a", $"authtoken: {account.Web}"]),
            10 when account.Number == 0 && random.Chance(0.1) => Wire.Request("PUT", "/api/v2/forcereset", headers),
            _ => Wire.Request("GET", "/api/v2/version", headers),
        };
        return new FuzzRequest("sound", text, account) { Demand = Demand.Success };
    }

    private FuzzRequest WrongJson(Random random)
    {
        var account = _accounts.Any(random);
        return new FuzzRequest("wrong JSON", Put(random, Headers(account), HostileJson.List), account);
    }

    private FuzzRequest MutatedBody(Random random)
    {
        var account = _accounts.Any(random);
        var text = Put(random, Headers(account), (kind, dice) => dice.Mutate(HostileJson.SoundList(kind, dice), 6));
        return new FuzzRequest("mutated body", text, account);
    }

    private FuzzRequest Mutated(Random random)
    {
        var sound = Sound(random);
        var text = random.Mutate(sound.Text, 6);
        return new FuzzRequest("mutated", text, sound.Account) { Ending = Ending.Open, MayBeNoHttp = true };
    }

    private FuzzRequest BrokenOff(Random random)
    {
        var account = _accounts.Any(random);
        var (kind, path) = Collection(random);
        var body = HostileJson.SoundList(kind, random);
        var headers = Headers(account);
        var text = random.Next(3) switch
        {
            0 => Wire.Head("PUT", path, [.. headers, $"Content-Length: {body.Length + random.Next(1, 99_999)}"]) + body,
            1 => Wire.Head("PUT", path, [.. headers, "Transfer-Encoding: chunked"])
                + HostileChunks.Good(random, body)[..^random.Next(1, 7)],
            _ => Wire.Request("PUT", path, headers, body),
        };
        return new FuzzRequest("broken off", text[..random.Next(1, text.Length)], account)
        {
            Ending = random.Pick([Ending.Cut, Ending.Reset, Ending.Open]),
            MayBeNoHttp = true,
        };
    }

    private FuzzRequest InChunks(Random random)
    {
        var account = _accounts.Any(random);
        var (kind, path) = Collection(random);
        var isGood = random.Chance(0.3);
        var body = HostileJson.SoundList(kind, random);
        var text =
            Wire.Head("PUT", path, [.. Headers(account), "Transfer-Encoding: chunked"])
            + (isGood ? HostileChunks.Good(random, body) : HostileChunks.Bad(random, body));
        return isGood
            ? new FuzzRequest("chunks", text, account) { Demand = Demand.Success }
            : new FuzzRequest("bad chunks", text, account) { Ending = Ending.Open, MayBeNoHttp = true };
    }

    private FuzzRequest OddHeaders(Random random)
    {
        var account = _accounts.Any(random);
        var (kind, path) = random.Chance(0.2) ? (ItemKind.Record, "/api/v2/forcereset") : Collection(random);
        account = path == "/api/v2/forcereset" ? _accounts.Unsteady : account;
        var body = random.Chance(0.8) ? HostileJson.SoundList(kind, random) : "";
        var headers = Headers(account).Append($"Content-Length: {body.Length}").ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            headers.Insert(random.Next(headers.Count + 1), HostileHttp.Header(random));
            headers.RemoveAll(_ => random.Chance(0.05));
        }

        var text = Wire.Head("PUT", path, headers) + body;
        return new FuzzRequest("odd headers", text, account) { Ending = Ending.Open, MayBeNoHttp = true };
    }

    private FuzzRequest OddQuery(Random random)
    {
        var path = random.Pick(["updates", "updates", "records", "records", "settings", "webtoken", "apitoken"]);
        var account = path is "webtoken" or "apitoken" ? _accounts.Unsteady : _accounts.Any(random);
        var target = $"/api/v2/{path}?{HostileHttp.Query(random)}";
        var headers = new[] { "Host: localhost", TokenHeader(random, account) };
        return new FuzzRequest("odd query", Wire.Request("GET", target, headers), account)
        {
            MayBeNoHttp = target.Length > LongTarget,
        };
    }

    // Of the unsteady account, for the path may turn out to be one that resets something.
    private FuzzRequest OddTarget(Random random)
    {
        var account = _accounts.Unsteady;
        var text = Wire.Request(random.Pick(["GET", "PUT"]), HostileHttp.Target(random), Headers(account), "[]");
        return new FuzzRequest("odd target", text, account) { Ending = Ending.Open, MayBeNoHttp = true };
    }

    private FuzzRequest OddMethod(Random random)
    {
        var account = _accounts.Unsteady;
        var target = random.Chance(0.7) ? Collection(random).Path : HostileHttp.Target(random);
        var text = Wire.Request(HostileHttp.Method(random), target, Headers(account), "[]");
        return new FuzzRequest("odd method", text, account) { Ending = Ending.Open, MayBeNoHttp = true };
    }

    private FuzzRequest OddToken(Random random)
    {
        var account = _accounts.Steady(random);
        var token = random.Chance(0.5) ? account.Web : account.Api;
        var isForged = random.Chance(0.5);
        IEnumerable<string> headers = isForged
            ? ["Host: a", HostileTokens.Forged(random, token, _accounts.Stranger)]
            : ["Host: a", .. HostileTokens.Mangled(random, token)];
        var text = random.Chance(0.5)
            ? Wire.Request("GET", $"/api/v2/updates?since={Since(random)}", headers)
            : Put(random, headers, HostileJson.SoundList);
        return new FuzzRequest(isForged ? "forged token" : "mangled token", text, account)
        {
            Demand = isForged ? Demand.Refusal : Demand.None,
            Ending = Ending.Open,
            MayBeNoHttp = true,
        };
    }

    private FuzzRequest SignIn(Random random)
    {
        var account = _accounts.Any(random);
        var headers = random.Chance(0.8)
            ? ["Host: localhost"]
            : new[] { HostileHttp.Header(random), "Host: 127.0.0.1:1" };
        var text = Wire.Request(
            "POST",
            "/api/v2/bootstrap_authentication",
            headers,
            HostileSignIn.Body(random, account)
        );
        return new FuzzRequest("sign-in", text, account)
        {
            Ending = headers.Length == 1 ? Ending.Answered : Ending.Open,
            MayBeNoHttp = headers.Length > 1,
        };
    }

    private FuzzRequest Pipelined(Random random)
    {
        var account = _accounts.Steady(random);
        var requests = random
            .Times(2, 5, () => random.Pick<Func<Random, FuzzRequest>>([Sound, Sound, WrongJson, OddQuery])(random))
            .Where(request => !request.MayBeNoHttp)
            .Prepend(Sound(random))
            .ToList();
        return new FuzzRequest("pipelined", string.Concat(requests.Select(request => request.Text)), account)
        {
            Requests = requests.Count,
        };
    }

    private FuzzRequest Silent(Random random)
    {
        var account = _accounts.Any(random);
        string[] headers = [.. Headers(account), $"Content-Length: {random.Next(10, 100_000)}"];
        return new FuzzRequest("silent", Wire.Head("PUT", Collection(random).Path, headers) + "[", account)
        {
            Ending = Ending.Silent,
        };
    }

    private static string Put(Random random, IEnumerable<string> headers, Func<ItemKind, Random, string> list)
    {
        var (kind, path) = Collection(random);
        return Wire.Request("PUT", path, headers, list(kind, random));
    }

    private static (ItemKind Kind, string Path) Collection(Random random) =>
        random.Chance(0.5) ? (ItemKind.Record, "/api/v2/records") : (ItemKind.Setting, "/api/v2/settings");

    private static string[] Headers(FuzzAccount account) => ["Host: localhost", $"authtoken: {account.Web}"];

    private static string TokenHeader(Random random, FuzzAccount account) =>
        random.Next(4) switch
        {
            0 => $"authtoken: {account.Api}",
            1 => $"Authorization: Bearer {account.Web}",
            2 => $"AUTHTOKEN:\t{account.Web} ",
            _ => $"authtoken: {account.Web}",
        };

    private static string Since(Random random) =>
        random.Pick(["0", "-1", "1e10", "inf", $"{Jwt.Now - random.Next(20)}.5", $"{Jwt.Now}.0001"]);
}
