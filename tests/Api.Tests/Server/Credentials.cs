using System.Text;

namespace TimeTagger.Api.Tests.Server;

/// <summary>Local users for tests. The hashes are the published test vectors of bcrypt, so nothing of ours made them.</summary>
internal static class Credentials
{
    /// <summary>The password of every numbered user.</summary>
    internal const string Password = "U*U";

    /// <summary>A password that differs from <see cref="Password"/> by one character.</summary>
    internal const string LongerPassword = "U*U*";

    /// <summary>The hash of <see cref="Password"/>, older prefix.</summary>
    internal const string Hash2A = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    /// <summary>The hash of <see cref="Password"/>, newer prefix: for ASCII the two are the same function.</summary>
    internal const string Hash2B = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    /// <summary>72 bytes and more, of which bcrypt sees 72.</summary>
    internal const string CutPassword =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored";

    /// <summary>The hash of <see cref="CutPassword"/>.</summary>
    internal const string CutHash = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";

    private const int Users = 400;

    internal static string User(int number) => $"user-{number}";

    /// <summary>The setting that makes users 0 … 399.</summary>
    internal static string AllUsers { get; } =
        string.Join(',', Enumerable.Range(0, Users).Select(n => $"{User(n)}:{Hash2B}"));

    /// <summary>The body of a sign-in: base64 of the JSON object.</summary>
    internal static string Body(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    internal static string PasswordBody(string user, string password = Password) =>
        Body(
            System.Text.Json.JsonSerializer.Serialize(
                new
                {
                    method = "usernamepassword",
                    username = user,
                    password,
                }
            )
        );
}
