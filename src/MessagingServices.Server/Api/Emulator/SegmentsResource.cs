using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The segments of a message. A message that is not an SMS has none.</summary>
internal sealed record SegmentsResource
{
    /// <summary>The encoding of all segments, <c>GSM-7</c> or <c>UCS-2</c>; null for a message that is not an SMS.
    /// </summary>
    [Shape(Words = ["GSM-7", "UCS-2"])]
    public required string? Encoding { get; init; }

    /// <summary>The segments, in order.</summary>
    public required IReadOnlyList<SegmentResource> Segments { get; init; }

    /// <summary>The characters that are not in GSM-7, so that all segments are UCS-2.</summary>
    public required IReadOnlyList<CharacterCountResource> Ucs2Characters { get; init; }

    /// <summary>The characters that smart encoding replaces.</summary>
    public required IReadOnlyList<ReplacedCharacterResource> Replaced { get; init; }

    /// <summary>The resource of a message.</summary>
    public static SegmentsResource Of(Message message)
    {
        var found = MessageSegments.Of(message);
        return new()
        {
            Encoding = found.Segmentation?.Encoding switch
            {
                SegmentEncoding.Gsm7 => "GSM-7",
                SegmentEncoding.Ucs2 => "UCS-2",
                null => null,
            },
            Segments =
            [
                .. (found.Segmentation?.Segments ?? []).Select(segment =>
                    new SegmentResource { Text = segment.Text, Units = segment.Units }),
            ],
            Ucs2Characters =
            [
                .. found.Ucs2Characters.Select(counted =>
                    new CharacterCountResource { Character = counted.Character, Count = counted.Count }),
            ],
            Replaced =
            [
                .. found.Replaced.Select(replaced => new ReplacedCharacterResource
                {
                    From = replaced.From, To = replaced.To, Count = replaced.Count,
                }),
            ],
        };
    }
}

/// <summary>One segment.</summary>
internal sealed record SegmentResource
{
    /// <summary>Its text.</summary>
    public required string Text { get; init; }

    /// <summary>Its size: septets in GSM-7, at most 160; UTF-16 units in UCS-2, at most 70.</summary>
    public required int Units { get; init; }
}

/// <summary>A character that is not in GSM-7.</summary>
internal sealed record CharacterCountResource
{
    /// <summary>The character.</summary>
    public required string Character { get; init; }

    /// <summary>How often the text has it.</summary>
    public required int Count { get; init; }
}

/// <summary>A character that smart encoding replaces.</summary>
internal sealed record ReplacedCharacterResource
{
    /// <summary>The character in the body of the request.</summary>
    public required string From { get; init; }

    /// <summary>What is sent instead; empty when the character is removed.</summary>
    public required string To { get; init; }

    /// <summary>How often the body had it.</summary>
    public required int Count { get; init; }
}
