using Microsoft.AspNetCore.Http;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>A way of passing calls on to the handler, which is known to be there.</summary>
internal interface ICallShape
{
    /// <param name="context">The call; a body of known length has been read.</param>
    /// <param name="invocation">The invocation's id.</param>
    /// <param name="cancellation">The function's time is over.</param>
    Task PassOnAsync(HttpContext context, string invocation, CancellationToken cancellation);
}
