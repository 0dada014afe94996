using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TimeTagger.Storage.Azure;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Keys;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Tests.Server;

/// <summary>Takes tokens apart and makes such as the server never would.</summary>
internal static class Jwt
{
    internal const long Never = 32_503_748_400;

    internal static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    internal static string Header(string token) => Decode(token.Split('.')[0]);

    internal static string Payload(string token) => Decode(token.Split('.')[1]);

    internal static JsonElement Claims(string token)
    {
        using var document = JsonDocument.Parse(Payload(token));
        return document.RootElement.Clone();
    }

    internal static string Seed(string token) => Claims(token).GetProperty("seed").GetString()!;

    /// <summary>A token with that header and payload, signed with HS256.</summary>
    internal static string Sign(byte[] secret, string header, string payload)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>A token with another payload, header and signature left as they are.</summary>
    internal static string WithPayload(string token, string payload)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Encode(payload)}.{parts[2]}";
    }

    internal static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    internal static string ClaimsJson(string user, long expires, string seed) =>
        $$"""{"username":{{JsonSerializer.Serialize(user)}},"expires":{{expires}},"seed":{{JsonSerializer.Serialize(seed)}}}""";

    /// <summary>The key that the server signs with, from its store.</summary>
    internal static async Task<byte[]> SecretAsync(DataFolder data)
    {
        if (!HostUnderTest.IsFunctions)
        {
            await using var storage = EmbeddedStorage.Open(data.Database, TimeProvider.System);
            return await SecretAsync(storage.Account);
        }

        using var random = RandomNumberGenerator.Create();
        var connection = (await HostUnderTest.StoreAsync(data.Path))["TIMETAGGER_STORAGE_CONNECTION"]!;
        var options = AzureStorageOptions.FromConnectionString(connection);
        return await SecretAsync(AzureStorage.Open(options, TimeProvider.System, random));
    }

    private static async Task<byte[]> SecretAsync(StorageAccount storage)
    {
        using var random = RandomNumberGenerator.Create();
        using var keys = new SigningKeys(storage.System, TimeProvider.System, random);
        return (await keys.CurrentAsync(CancellationToken.None)).Secret;
    }

    private static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
