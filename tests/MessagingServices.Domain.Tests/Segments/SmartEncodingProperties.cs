using CsCheck;

namespace MessagingServices.Domain.Tests.Segments;

/// <summary>Properties of all bodies.</summary>
public class SmartEncodingProperties
{
    private static readonly string LookAlikes = string.Concat(SmartEncodingRows.All.Keys.Order());

    // Without ellipses and fractions, which become three septets for one unit of UCS-2.
    private static readonly string AtMostTwoSeptets =
        string.Concat(SmartEncodingRows.All.Where(row => row.Value.Length <= 2).Select(row => row.Key).Order());

    private static readonly Gen<string> Encodable = Gen.Select(
        Gen.OneOf(Gen.String[Gen.Char[LookAlikes], 0, 200], Gen.String[Gen.Char["aé€[\n ÄΩ"], 0, 200]).List[0, 6],
        string.Concat);

    private static readonly Gen<string> Body = Gen.OneOf(
        Encodable, Gen.String,
        Gen.Select(Encodable, Gen.OneOf("я", "\U0001F61C", "\uD83D", "ç"), Encodable, string.Concat));

    [Fact]
    public void Result_is_GSM_7_or_the_same_instance() => Body.Sample(body =>
    {
        var encoded = SmartEncoding.Encode(body);
        return ReferenceEquals(encoded, body) || Gsm7.TryCountSeptets(encoded, out _);
    });

    [Fact]
    public void Each_character_is_replaced_independently() => Encodable.Sample(body =>
        SmartEncoding.Encode(body) == string.Concat(
            body.Select(character => SmartEncodingRows.All.GetValueOrDefault(character, $"{character}"))));

    [Fact]
    public void Encoding_is_idempotent() => Body.Sample(body =>
    {
        var encoded = SmartEncoding.Encode(body);
        return ReferenceEquals(SmartEncoding.Encode(encoded), encoded);
    });

    [Fact]
    public void Body_without_ellipses_and_fractions_never_needs_more_segments() =>
        Gen.Select(Gen.String[Gen.Char[AtMostTwoSeptets + "aé€["], 0, 700],
            Gen.String[Gen.Char[AtMostTwoSeptets], 0, 700], string.Concat)
            .Sample(body => Segmenter.Count(SmartEncoding.Encode(body)) <= Segmenter.Count(body));

    [Fact]
    public void Body_needs_at_most_twice_the_segments() =>
        Gen.OneOf(Encodable, Gen.Select(Gen.OneOf("…", "½", "\u2029", "a"), Gen.Int[0, 1600],
            (text, times) => string.Concat(Enumerable.Repeat(text, times))))
            .Sample(body => Segmenter.Count(SmartEncoding.Encode(body)) <= 2 * Segmenter.Count(body));
}
