using System.Text.Json;
using TimeTagger.Api.Policy;

namespace TimeTagger.Api.Accounts;

/// <summary>A way to prove who one is.</summary>
internal interface ISignInMethod
{
    /// <summary>Its name in the request's field <c>method</c>.</summary>
    string Name { get; }

    /// <summary>For how many failed calls a failed attempt counts: more where guessing pays, or is work for us.</summary>
    int FailureCost { get; }

    /// <summary>The user name that is proven.</summary>
    /// <param name="proof">What the client sent, a JSON object.</param>
    /// <param name="context">How it came.</param>
    /// <exception cref="ApiErrorException">It proves nothing.</exception>
    ValueTask<string> SignInAsync(JsonElement proof, HttpContext context);
}
