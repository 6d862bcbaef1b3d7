using System.Runtime.InteropServices;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace MessagingServices.Server.Api.Http;

/// <summary>Forms of the type <c>multipart/form-data</c>, which some clients send, such as <c>curl -F</c>.</summary>
internal static class MultipartForm
{
    /// <summary>The content type, without its boundary.</summary>
    public const string ContentType = "multipart/form-data";

    private const int MaxFiles = 100;

    /// <summary>Reads the parameters. Files are none.</summary>
    /// <param name="contentType">The content type with its boundary; without one, the body is no form.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="files">Receives the files; null when they are ignored.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="IOException">The body ends in the middle.</exception>
    /// <exception cref="InvalidDataException">A part is malformed.</exception>
    /// <exception cref="TwilioException">20001 for too many parameters.</exception>
    public static async Task<ParameterList> ReadAsync(
        string contentType, ReadOnlyMemory<byte> body, List<UploadedFile>? files, CancellationToken cancellation)
    {
        var parameters = new ParameterList();
        var boundary = MediaTypeHeaderValue.TryParse(contentType, out var type)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        if (string.IsNullOrEmpty(boundary)) return parameters;
        using var stream = StreamOf(body);
        var reader = new MultipartReader(boundary, stream);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition) continue;
            var isFile = disposition.IsFileDisposition();
            if (isFile && (files is null || files.Count == MaxFiles)) continue;
            using var value = new MemoryStream();
            await section.Body.CopyToAsync(value, cancellation);
            var bytes = value.GetBuffer().AsMemory(0, (int)value.Length);
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
            if (isFile) files!.Add(new(name ?? "", section.ContentType?.Split(';')[0].Trim() ?? "", bytes));
            else parameters.Add(name, ParameterText.Value(bytes.Span));
        }

        return parameters;
    }

    // The bytes of a file are not copied once more.
    private static MemoryStream StreamOf(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false)
            : new(body.ToArray(), writable: false);
}
