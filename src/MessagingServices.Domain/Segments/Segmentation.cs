namespace MessagingServices.Domain.Segments;

/// <summary>A body as it travels: its encoding and its segments in order.</summary>
/// <param name="Encoding">The encoding of every segment.</param>
/// <param name="Segments">At least one segment, also for an empty body. Their texts joined are the body.</param>
public sealed record Segmentation(SegmentEncoding Encoding, IReadOnlyList<Segment> Segments);

/// <summary>One SMS-sized part of a body.</summary>
/// <param name="Text">The characters of this segment.</param>
/// <param name="Units">What the text takes of the segment's room: septets in GSM-7, UTF-16 units in UCS-2.</param>
public sealed record Segment(string Text, int Units);
