using System.Globalization;
using CsCheck;

namespace MessagingServices.Domain.Tests.Segments;

/// <summary>Properties of all bodies.</summary>
public class SegmenterProperties
{
    private static readonly Gen<string> GsmBody = BodyOf("a", " ", "é", "Ω", "\r\n", "€", "[", "\f");

    // Parts that combine with their neighbours: marks, joiners, halves of flags, skin tones, lone surrogates.
    private static readonly Gen<string> MixedBody = BodyOf(
        "a", "€", "я", "\r\n", "\n", "\u0301", "\u200D", "\uFE0F", "\U0001F61C", "\U0001F469", "\U0001F3FD",
        "\U0001F1EE", "\U0001F1F9",
        "\U0001D165", "\u0915", "\u094D", "\u1100", "\u1161", "\uD83D", "\uDE00");

    private static readonly Gen<string> Body = Gen.OneOf<string>(GsmBody, MixedBody, Gen.String);

    [Fact]
    public void Segments_joined_are_the_body() =>
        Body.Sample(body => string.Concat(Segmenter.Split(body).Segments.Select(segment => segment.Text)) == body);

    [Fact]
    public void Count_is_the_number_of_segments() =>
        Body.Sample(body => Segmenter.Count(body) == Segmenter.Split(body).Segments.Count);

    [Fact]
    public void Segment_is_neither_empty_nor_over_its_limit() => Body.Sample(body =>
    {
        var (encoding, segments) = Segmenter.Split(body);
        var limit = (encoding, segments.Count) switch
        {
            (SegmentEncoding.Gsm7, 1) => 160,
            (SegmentEncoding.Gsm7, _) => 153,
            (SegmentEncoding.Ucs2, 1) => 70,
            (SegmentEncoding.Ucs2, _) => 67,
        };
        return segments.All(segment => segment.Units <= limit && (segment.Units > 0 || body.Length == 0));
    });

    [Fact]
    public void Units_of_a_segment_are_those_of_its_text() => Body.Sample(body =>
    {
        var (encoding, segments) = Segmenter.Split(body);
        return segments.All(segment => segment.Units == (encoding == SegmentEncoding.Gsm7
            ? segment.Text.Sum(Gsm7.SeptetsOf)
            : segment.Text.Length));
    });

    [Fact]
    public void Septet_is_unused_only_before_an_extension_character() => GsmBody.Sample(body =>
    {
        var segments = Segmenter.Split(body).Segments;
        return segments.Zip(segments.Skip(1)).All(pair =>
            pair.First.Units == 153 || (pair.First.Units == 152 && Gsm7.SeptetsOf(pair.Second.Text[0]) == 2));
    });

    [Fact]
    public void Surrogate_pair_is_never_split() =>
        MixedBody.Sample(body => Boundaries(body).All(at => !char.IsSurrogatePair(body, at - 1)));

    [Fact]
    public void Cluster_that_fits_a_segment_is_never_split() => MixedBody.Sample(body =>
    {
        var clusters = StringInfo.ParseCombiningCharacters(body);
        return Boundaries(body).All(at =>
        {
            var found = Array.BinarySearch(clusters, at);
            if (found >= 0)
                return true;
            var (start, next) = (clusters[~found - 1], ~found < clusters.Length ? clusters[~found] : body.Length);
            return next - start > 67 || body[start..next] == "\r\n";
        });
    });

    private static Gen<string> BodyOf(params string[] parts) =>
        Gen.Select(Gen.OneOf(parts).List[0, 60], Gen.Int[1, 8], Gen.Int[0, 160], Gen.OneOf(parts))
            .Select((mix, times, run, repeated) => string.Concat(
                [.. Enumerable.Repeat(string.Concat(mix), times), .. Enumerable.Repeat(repeated, run), .. mix]));

    private static IEnumerable<int> Boundaries(string body)
    {
        var at = 0;
        foreach (var segment in Segmenter.Split(body).Segments.SkipLast(1))
            yield return at += segment.Text.Length;
    }
}
