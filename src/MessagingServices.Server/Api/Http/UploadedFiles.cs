namespace MessagingServices.Server.Api.Http;

/// <summary>A file of a multipart form.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="ContentType">The media type that the client says, without parameters; empty for none.</param>
/// <param name="Bytes">The file.</param>
internal sealed record UploadedFile(string Name, string ContentType, ReadOnlyMemory<byte> Bytes);

/// <summary>The files of a request, for an action that takes some.</summary>
internal sealed record UploadedFiles(IReadOnlyList<UploadedFile> Files)
{
    /// <summary>The files of one parameter, in the order of the form.</summary>
    public static IReadOnlyList<UploadedFile> Of(HttpContext context, string name) =>
        context.Features.Get<UploadedFiles>() is { } sent ? [.. sent.Files.Where(file => file.Name == name)] : [];
}

/// <summary>The action takes files in a form of the type <c>multipart/form-data</c>. Others ignore them.</summary>
/// <param name="name">The parameter that can be a file.</param>
/// <param name="maxBytes">The max size of all files together, in bytes.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesFilesAttribute(string name, int maxBytes) : Attribute
{
    /// <summary>The parameter that can be a file.</summary>
    public string Name => name;

    /// <summary>The max size of all files together, in bytes.</summary>
    public int MaxBytes => maxBytes;
}
