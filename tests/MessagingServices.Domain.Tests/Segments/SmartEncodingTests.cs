namespace MessagingServices.Domain.Tests.Segments;

public class SmartEncodingTests
{
    [Theory]
    [MemberData(nameof(SmartEncodingRows.Theory), MemberType = typeof(SmartEncodingRows))]
    public void Each_similar_character_is_replaced_at_any_position(char character, string replacement)
    {
        Assert.Equal(replacement, SmartEncoding.Encode($"{character}"));
        Assert.Equal($"a{replacement}{replacement}b{replacement}",
            SmartEncoding.Encode($"a{character}{character}b{character}"));
        Assert.True(Gsm7.TryCountSeptets(replacement, out _));
        Assert.Equal(0, Gsm7.SeptetsOf(character));
    }

    [Fact]
    public void Exactly_271_characters_are_replaced()
    {
        Assert.Equal(271, SmartEncodingRows.All.Count);
        Assert.All(Enumerable.Range(0, 0x10000).Select(code => (char)code).Except(SmartEncodingRows.All.Keys),
            character => Assert.Equal($"{character}", SmartEncoding.Encode($"{character}")));
    }

    [Theory]
    [MemberData(nameof(SegmentationVectors.SmartEncoded), MemberType = typeof(SegmentationVectors))]
    public void Segments_are_those_of_the_encoded_text(string body, string encoded, int[] units)
    {
        Assert.Equal(encoded, SmartEncoding.Encode(body));
        Assert.Equal(units, Segmenter.Split(SmartEncoding.Encode(body)).Segments.Select(segment => segment.Units));
    }

    [Theory]
    [InlineData("“Größe” – 5 €…", "\"Größe\" - 5 €...")]
    [InlineData("‹a› «b»", "<a> \"b\"")]
    [InlineData("a\tb\u00A0c\u2003\u2003d", "a b c  d")]
    [InlineData("zero\u200B\u200C\uFEFFwidth", "zerowidth")]
    [InlineData("ＦＵＬＬ　ｗｉｄｔｈ", "ＦＵＬＬ　ｗｉｄｔｈ")]
    [InlineData("ＦＵＬＬ　ＷＩＤＴＨ", "FULL WIDTH")]
    [InlineData("“Hi” \U0001F631", "“Hi” \U0001F631")]
    [InlineData("\U0001F631 “Hi”", "\U0001F631 “Hi”")]
    [InlineData("“Привет”", "“Привет”")]
    [InlineData("“ça”", "“ça”")]
    public void Body_is_encoded_completely_or_not_at_all(string body, string encoded) =>
        Assert.Equal(encoded, SmartEncoding.Encode(body));

    [Theory]
    [InlineData("")]
    [InlineData("plain, {GSM-7}: 5 €")]
    [InlineData("“Hi” \U0001F631")]
    public void Unchanged_body_is_the_same_instance_without_allocations(string body)
    {
        SmartEncoding.Encode(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var encoded = SmartEncoding.Encode(body);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Same(body, encoded);
    }
}
