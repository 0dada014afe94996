using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TimeTagger.Storage.Azure.Tables;

/// <summary>Signs requests with the account's key: scheme <c>SharedKeyLite</c> of the table service.</summary>
/// <remarks>What is signed is the date and the resource: <c>/account</c>, the path as it is sent, and <c>comp</c>,
/// which none of our requests has.</remarks>
internal sealed class TableSharedKeyPolicy(string accountName, byte[] accountKey, TimeProvider clock)
    : HttpPipelineSynchronousPolicy
{
    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var signed = $"{date}\n/{accountName}{request.Uri.ToUri().AbsolutePath}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(accountKey, Encoding.UTF8.GetBytes(signed)));
        request.Headers.SetValue("x-ms-date", date);
        request.Headers.SetValue("Authorization", $"SharedKeyLite {accountName}:{signature}");
    }
}
