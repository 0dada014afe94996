using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>Tokens that are not what they seem.</summary>
internal static class HostileTokens
{
    private static readonly string[] Algorithms =
    [
        """{"alg":"none","typ":"JWT"}""",
        """{"alg":"None","kid":"k0001"}""",
        """{"alg":"HS512","kid":"k0001"}""",
        """{"alg":"RS256","kid":"k0001"}""",
        """{"alg":"HS256"}""",
        """{"alg":"HS256","kid":""}""",
        """{"alg":"HS256","kid":"k9999"}""",
        """{"alg":"HS256","kid":"../keys"}""",
        """{"alg":"HS256","kid":"k0001/x?y#z"}""",
        """{"alg":"HS256","kid":["k0001"]}""",
        """{"alg":"HS256","kid":"\u0000"}""",
        """{"alg":"HS256","kid":"\ud800"}""",
        """{"alg":null,"kid":null}""",
        """{"alg":"HS256","kid":"k0001","crit":["x"],"x":1}""",
        """{"alg":"dir","enc":"A128CBC-HS256"}""",
        "[]",
        "null",
        "{",
        "",
    ];

    /// <summary>Headers with a token that has been changed. Where only unused bits of its signature were, it is still valid.</summary>
    internal static IEnumerable<string> Mangled(Random random, string token) =>
        random.Next(6) switch
        {
            0 => [$"authtoken: {random.Mutate(token, 3)}"],
            1 => [$"authtoken: {token[..random.Next(token.Length)]}"],
            2 => [$"authtoken: {token}", $"authtoken: {random.Mutate(token, 3)}", "authtoken:"],
            3 => [$"Authorization: {random.Pick(["Bearer", "bearer  ", "Basic", ""])} {random.Mutate(token, 2)}"],
            4 => [$"AuthToken: {random.Pick(["\t", "\"", "Bearer ", ""])}{token}{random.Pick(["", "\"", ".", " x"])}"],
            _ => [$"authtoken: {string.Join('.', random.Times(0, 6, () => random.Pick(token.Split('.'))))}"],
        };

    /// <summary>A header with a token that nobody may be let in by.</summary>
    internal static string Forged(Random random, string token, string stranger)
    {
        var parts = token.Split('.');
        var foreign = Jwt.Encode(Jwt.ClaimsJson(stranger, Jwt.Never, Jwt.Seed(token)));
        var header = Jwt.Encode(random.Pick(Algorithms));
        var forged = random.Next(6) switch
        {
            0 => Jwt.WithPayload(token, Jwt.ClaimsJson(stranger, Jwt.Never, Jwt.Seed(token))),
            1 => Jwt.Sign(new byte[32], Jwt.Header(token), Jwt.Payload(token)),
            2 => $"{header}.{random.Pick([parts[1], foreign])}.{random.Pick([parts[2], "", "AAAA"])}",
            3 => $"{parts[0]}.{foreign}.",
            4 =>
                $"{parts[0]}.{Convert.ToBase64String(Wire.Bytes(HostileJson.Value(random))).Replace('/', '_')}.{parts[2]}",
            _ => $"{header}.{foreign}.{parts[2]}.{parts[1]}.{parts[0]}",
        };
        return $"{random.Pick(["authtoken: ", "Authorization: Bearer "])}{forged}";
    }
}
