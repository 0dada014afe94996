using Microsoft.AspNetCore.Http;

namespace TimeTagger.Local.Site;

/// <summary>Answers everything that is not the API's.</summary>
internal interface ISite
{
    Task ServeAsync(HttpContext context);
}
