using System.Text;

namespace MessagingServices.Domain.Segments;

/// <summary>
/// Counts the segments of an RCS text: in the US one for each 160 bytes of UTF-8, elsewhere always one. Twilio's
/// segment calculator counts so; its documentation does not define it.
/// </summary>
public static class RcsSegments
{
    private const int BytesOfSegment = 160;

    /// <summary>The number of segments, at least 1.</summary>
    /// <param name="country">The ISO 3166 code of the recipient's country.</param>
    public static int Count(string body, string? country) =>
        country == "US" ? Math.Max(1, (Encoding.UTF8.GetByteCount(body) + BytesOfSegment - 1) / BytesOfSegment) : 1;
}
