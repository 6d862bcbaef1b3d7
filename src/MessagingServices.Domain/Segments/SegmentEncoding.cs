namespace MessagingServices.Domain.Segments;

/// <summary>How the characters of an SMS are coded. One encoding holds for all segments of a message.</summary>
public enum SegmentEncoding
{
    /// <summary>The GSM 03.38 alphabet, seven bits a septet; see <see cref="Segments.Gsm7"/>.</summary>
    Gsm7,

    /// <summary>UTF-16, two octets a unit. A single character outside GSM-7 puts the whole message here.</summary>
    Ucs2,
}
