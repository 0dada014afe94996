using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TimeTagger.Local.Site;

/// <summary>Serves the built site by the rules of its <c>staticwebapp.config.json</c>, as Static Web Apps would.</summary>
internal sealed class StaticSite(SiteConfig config, SiteFiles files) : ISite
{
    /// <param name="warn">Gets a sentence for everything that has no effect here.</param>
    /// <param name="change">What is served for a file, by its path and content, where that is not the content.</param>
    /// <exception cref="Refusal">The folder or its configuration cannot be used.</exception>
    public static StaticSite Load(string folder, Action<string> warn, Func<string, byte[], byte[]>? change = null)
    {
        var config = SiteConfig.Read(folder, warn);
        return new StaticSite(config, SiteFiles.Load(folder, config.MimeTypes, change));
    }

    public Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value is { Length: > 0 } given ? given : "/";
        var rule = config.Rules.FirstOrDefault(r => r.Matches(request.Method, path));
        SetHeaders(context.Response, rule);

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return PlainAsync(context, StatusCodes.Status405MethodNotAllowed, "Method not allowed");
        }
        if (rule?.Redirect is { } target)
        {
            return Redirect(context, target, rule.StatusCode ?? StatusCodes.Status302Found);
        }
        if (rule is { Rewrite: null, StatusCode: { } refused and >= 400 })
        {
            return ErrorAsync(context, refused);
        }
        if (rule?.Rewrite is null && files.CanonicalAddress(path, config.TrailingSlash) is { } address)
        {
            return Redirect(context, address + request.QueryString, StatusCodes.Status301MovedPermanently);
        }
        if (files.Find(rule?.Rewrite ?? path) is { } file)
        {
            return FileAsync(context, file, rule?.StatusCode ?? StatusCodes.Status200OK);
        }
        return
            config.Fallback is { } fallback
            && !config.FallbackExcludes.Any(p => p.Matches(path))
            && files.Find(fallback) is { } page
            ? FileAsync(context, page, StatusCodes.Status200OK)
            : ErrorAsync(context, StatusCodes.Status404NotFound);
    }

    private void SetHeaders(HttpResponse response, SiteRule? rule)
    {
        // Always asks whether the file changed, unless the configuration says more: a new build is seen at once.
        response.Headers.CacheControl = "no-cache";
        foreach (var (name, value) in config.GlobalHeaders.Concat(rule?.Headers ?? []))
        {
            if (value.Length == 0)
            {
                response.Headers.Remove(name);
            }
            else
            {
                response.Headers[name] = value;
            }
        }
    }

    private Task ErrorAsync(HttpContext context, int status)
    {
        // What is not there now may be there in a moment: nobody keeps an error, whatever the rule says of its files.
        context.Response.Headers.CacheControl = "no-cache";
        var page = config.ErrorPages.GetValueOrDefault(status);
        if (page?.Redirect is { } target)
        {
            return Redirect(context, target, page.StatusCode ?? StatusCodes.Status302Found);
        }
        return page?.Rewrite is { } rewrite && files.Find(rewrite) is { } file
            ? FileAsync(context, file, page.StatusCode ?? status)
            : PlainAsync(
                context,
                status,
                status == StatusCodes.Status404NotFound ? "File not found" : $"Status {status}"
            );
    }

    private static async Task FileAsync(HttpContext context, SiteFile file, int status)
    {
        var response = context.Response;
        var body = file.Body(context.Request.Headers.AcceptEncoding.ToString());
        if (file.IsCompressible)
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        }
        if (status == StatusCodes.Status200OK)
        {
            response.Headers.ETag = body.EntityTag;
            if (IsKnown(context.Request, body.EntityTag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        response.StatusCode = status;
        response.ContentType = file.ContentType;
        response.ContentLength = body.Bytes.Length;
        response.Headers.ContentEncoding = body.Encoding;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await response.Body.WriteAsync(body.Bytes, context.RequestAborted);
        }
    }

    private static bool IsKnown(HttpRequest request, string entityTag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(tag =>
            tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(new(entityTag), useStrongComparison: false)
        );

    private static Task Redirect(HttpContext context, string target, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = target;
        return Task.CompletedTask;
    }

    private static Task PlainAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.WriteAsync(text, context.RequestAborted);
    }
}
