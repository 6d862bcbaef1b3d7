using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace MessagingServices.Server.Api.Http;

/// <summary>Forms of the type <c>multipart/form-data</c>, which some clients send, such as <c>curl -F</c>.</summary>
internal static class MultipartForm
{
    /// <summary>The content type, without its boundary.</summary>
    public const string ContentType = "multipart/form-data";

    /// <summary>Reads the parameters. Files are none.</summary>
    /// <param name="contentType">The content type with its boundary; without one, the body is no form.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="IOException">The body ends in the middle.</exception>
    /// <exception cref="InvalidDataException">A part is malformed.</exception>
    /// <exception cref="TwilioException">20001 for too many parameters.</exception>
    public static async Task<ParameterList> ReadAsync(
        string contentType, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var parameters = new ParameterList();
        var boundary = MediaTypeHeaderValue.TryParse(contentType, out var type)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        if (string.IsNullOrEmpty(boundary)) return parameters;
        using var stream = new MemoryStream(body.ToArray(), writable: false);
        var reader = new MultipartReader(boundary, stream);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition || disposition.IsFileDisposition())
                continue;
            using var value = new MemoryStream();
            await section.Body.CopyToAsync(value, cancellation);
            parameters.Add(
                HeaderUtilities.RemoveQuotes(disposition.Name).Value,
                ParameterText.Value(value.GetBuffer().AsSpan(0, (int)value.Length)));
        }

        return parameters;
    }
}
