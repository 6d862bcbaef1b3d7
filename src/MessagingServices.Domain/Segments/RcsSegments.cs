using System.Text;

namespace MessagingServices.Domain.Segments;

/// <summary>
/// How many segments a text is on RCS: in the US one for every 160 bytes of UTF-8, elsewhere one whatever its length. The best reading:
/// Twilio's segment calculator counts so, its documentation does not say.
/// </summary>
public static class RcsSegments
{
    private const int BytesOfSegment = 160;

    /// <summary>The number of segments, at least 1.</summary>
    /// <param name="body">The text.</param>
    /// <param name="country">ISO 3166 code of the recipient's country.</param>
    public static int Count(string body, string? country) =>
        country == "US" ? Math.Max(1, (Encoding.UTF8.GetByteCount(body) + BytesOfSegment - 1) / BytesOfSegment) : 1;
}
