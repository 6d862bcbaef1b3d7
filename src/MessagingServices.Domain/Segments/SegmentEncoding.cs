namespace MessagingServices.Domain.Segments;

/// <summary>The encoding of an SMS. All segments of a message have the same encoding.</summary>
public enum SegmentEncoding
{
    /// <summary>The GSM 03.38 alphabet with 7 bits a septet; see <see cref="Segments.Gsm7"/>.</summary>
    Gsm7,

    /// <summary>UTF-16 with two octets a unit. One character outside GSM-7 makes the whole message UCS-2.</summary>
    Ucs2,
}
