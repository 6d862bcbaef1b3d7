namespace MessagingServices.Domain.Segments;

/// <summary>A body split into segments.</summary>
/// <param name="Segments">The segments in order, at least one. Together, their texts are the body.</param>
public sealed record Segmentation(SegmentEncoding Encoding, IReadOnlyList<Segment> Segments);

/// <summary>One segment of a body.</summary>
/// <param name="Units">The size of the text: septets in GSM-7, UTF-16 units in UCS-2.</param>
public sealed record Segment(string Text, int Units);
