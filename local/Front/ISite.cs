using Microsoft.AspNetCore.Http;

namespace TimeTagger.Local.Front;

/// <summary>Answers everything that is not the API's.</summary>
internal interface ISite
{
    Task ServeAsync(HttpContext context);
}
