using System.Globalization;

namespace MessagingServices.Domain.Segments;

/// <summary>
/// Splits a body into segments. A single segment has up to 160 septets or 70 UTF-16 units. Each of several segments has
/// up to 153 septets or 67 units, because a header joins them on the handset. Extension characters and surrogate pairs
/// are never split. Grapheme clusters (an emoji with its modifiers, a letter with its accents) are split only if one is
/// longer than a segment. See <see href="https://www.twilio.com/docs/glossary/what-sms-character-limit"/>.
/// </summary>
/// <remarks>Smart encoding must be applied before.</remarks>
public static class Segmenter
{
    private const int SeptetsAlone = 160;
    private const int SeptetsJoined = 153;
    private const int Ucs2UnitsAlone = 70;
    private const int Ucs2UnitsJoined = 67;

    /// <summary>Splits a body into its segments.</summary>
    public static Segmentation Split(string body)
    {
        var encoding = Measure(body, out var units);
        if (FitsAlone(encoding, units))
            return new Segmentation(encoding, [new Segment(body, units)]);

        var segments = new List<Segment>();
        for (var rest = body.AsSpan(); !rest.IsEmpty;)
        {
            var length = LengthOfNext(rest, encoding, out units);
            segments.Add(new Segment(rest[..length].ToString(), units));
            rest = rest[length..];
        }

        return new Segmentation(encoding, segments);
    }

    /// <summary>The number of segments that <see cref="Split"/> returns, without allocations.</summary>
    public static int Count(string body)
    {
        var encoding = Measure(body, out var units);
        if (FitsAlone(encoding, units))
            return 1;

        var count = 0;
        for (var rest = body.AsSpan(); !rest.IsEmpty; count++)
            rest = rest[LengthOfNext(rest, encoding, out _)..];
        return count;
    }

    private static SegmentEncoding Measure(string body, out int units)
    {
        if (Gsm7.TryCountSeptets(body, out units))
            return SegmentEncoding.Gsm7;
        units = body.Length;
        return SegmentEncoding.Ucs2;
    }

    private static bool FitsAlone(SegmentEncoding encoding, int units) => encoding switch
    {
        SegmentEncoding.Gsm7 => units <= SeptetsAlone,
        SegmentEncoding.Ucs2 => units <= Ucs2UnitsAlone,
    };

    private static int LengthOfNext(ReadOnlySpan<char> rest, SegmentEncoding encoding, out int units) => encoding switch
    {
        SegmentEncoding.Gsm7 => LengthInGsm7(rest, out units),
        SegmentEncoding.Ucs2 => units = LengthInUcs2(rest),
    };

    private static int LengthInGsm7(ReadOnlySpan<char> rest, out int septets)
    {
        septets = 0;
        for (var length = 0; length < rest.Length; length++)
        {
            var cost = Gsm7.SeptetsOf(rest[length]);
            if (septets + cost > SeptetsJoined)
                return length;
            septets += cost;
        }

        return rest.Length;
    }

    private static int LengthInUcs2(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length)
        {
            var cluster = LengthOfCluster(rest[length..]);
            if (cluster > Ucs2UnitsJoined)
                return CutInsideCluster(rest);
            if (length + cluster > Ucs2UnitsJoined)
                return length;
            length += cluster;
        }

        return length;
    }

    private static int LengthOfCluster(ReadOnlySpan<char> text)
    {
        // Unicode treats CR LF as one cluster. Twilio's segment calculator treats them as two.
        if (text[0] == '\r')
            return 1;

        // The window limits the time for a body that is one long cluster. Two units more than a segment, so that a
        // surrogate pair at the window's end cannot make a longer cluster fit.
        const int window = Ucs2UnitsJoined + 2;
        return StringInfo.GetNextTextElementLength(text.Length > window ? text[..window] : text);
    }

    // A cluster longer than a segment is split, but not within a surrogate pair.
    private static int CutInsideCluster(ReadOnlySpan<char> rest) =>
        char.IsSurrogatePair(rest[Ucs2UnitsJoined - 1], rest[Ucs2UnitsJoined]) ? Ucs2UnitsJoined - 1 : Ucs2UnitsJoined;
}
