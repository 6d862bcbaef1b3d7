using System.Text.RegularExpressions;
using MessagingServices.Server.Api.Errors;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>
/// The documentation, without credentials: the Markdown files of the repository, at their paths there, and
/// <c>llms.txt</c>, by which agents find them. Source: https://llmstxt.org.
/// </summary>
internal static partial class DocumentationFiles
{
    private const string Folder = "documentation";
    private const string Docs = "/docs";
    private const string Index = "README.md";
    private const string Llms = "llms.txt";

    private static readonly string[] Pages = [$"/{Index}", "/CHANGELOG.md", "/CONTRIBUTING.md"];

    private static readonly FileExtensionContentTypeProvider Types = new(new Dictionary<string, string>
    {
        [".md"] = "text/markdown; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".png"] = "image/png",
    });

    /// <summary>Serves them. Other requests skip it.</summary>
    public static void UseDocumentationFiles(this WebApplication app)
    {
        var root = Path.Combine(AppContext.BaseDirectory, Folder);
        if (!Directory.Exists(root)) return;
        app.UseWhen(IsOfDocumentation, pages =>
        {
            PhysicalFileProvider files = new(root);
            pages.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files, DefaultFileNames = [Index] });
            pages.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = files,
                ContentTypeProvider = Types,
                OnPrepareResponse = file =>
                {
                    file.Context.Response.Headers.CacheControl = "no-cache";
                    file.Context.Response.Headers.XContentTypeOptions = "nosniff";
                },
            });
            // Without credentials, too.
            pages.Run(context => throw new TwilioException(ErrorRenderer.NotFound(context)));
        });
        var text = new Lazy<string>(() => File.ReadAllText(Path.Combine(root, Llms)));
        app.UseWhen(
            context => context.Request.Path == $"/{Llms}" && IsRead(context.Request),
            page => page.Run(context => WriteAsync(context, text.Value)));
    }

    private static bool IsOfDocumentation(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        return IsRead(context.Request)
            && (path == Docs || path.StartsWith($"{Docs}/", StringComparison.Ordinal) || Pages.Contains(path));
    }

    private static bool IsRead(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    // Agents read a page by its whole address.
    private static Task WriteAsync(HttpContext context, string text)
    {
        var (request, response) = (context.Request, context.Response);
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(request.Method)
            ? Task.CompletedTask
            : response.WriteAsync(
                LinkWithinTheServer.Replace(text, $"]({request.Scheme}://{request.Host}/"), context.RequestAborted);
    }

    [GeneratedRegex(@"\]\((?!https?:)")]
    private static partial Regex LinkWithinTheServer { get; }
}
