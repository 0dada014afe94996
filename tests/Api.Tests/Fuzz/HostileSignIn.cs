using System.Text;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>Bodies of a sign-in: right, wrong, and no sign-in at all.</summary>
internal static class HostileSignIn
{
    private static readonly string[] Methods = ["usernamepassword", "localhost", "proxy", "LOCALHOST", "", "\0"];

    internal static string Body(Random random, FuzzAccount account)
    {
        var good = Credentials.PasswordBody(account.User);
        return random.Next(8) switch
        {
            0 => good,
            1 => random.Mutate(good, 4),
            2 => good[..random.Next(good.Length)],
            3 => Convert.ToBase64String(
                Wire.Bytes(random.Mutate(Encoding.Latin1.GetString(Convert.FromBase64String(good)), 4))
            ),
            4 => Convert.ToBase64String(Wire.Bytes(HostileJson.Value(random))),
            5 => new string('A', random.Pick([4, 65_532, 65_536, 65_540, 200_000])),
            _ => Convert.ToBase64String(Wire.Bytes(Fields(random, account))),
        };
    }

    private static string Fields(Random random, FuzzAccount account) =>
        $$"""
            {"method":{{Text(random, random.Pick(Methods))}},"username":{{Text(random, account.User)}},
            {{(random.Chance(0.2) ? $"{HostileText.Invalid(random)}:1," : "")}}
            "password":{{Text(random, random.Chance(0.5) ? Credentials.Password : "")}}}
            """;

    private static string Text(Random random, string good) =>
        random.Chance(0.7) ? System.Text.Json.JsonSerializer.Serialize(good) : HostileJson.Value(random);
}
