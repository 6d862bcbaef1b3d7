namespace MessagingServices.Domain.Tests.Segments;

public class SmartEncodingTests
{
    [Theory]
    [MemberData(nameof(SmartEncodingRows.Theory), MemberType = typeof(SmartEncodingRows))]
    public void Each_look_alike_is_replaced_wherever_it_stands(char character, string replacement)
    {
        Assert.Equal(replacement, SmartEncoding.Encode($"{character}"));
        Assert.Equal($"a{replacement}{replacement}b{replacement}", SmartEncoding.Encode($"a{character}{character}b{character}"));
        Assert.True(Gsm7.TryCountSeptets(replacement, out _));
        Assert.Equal(0, Gsm7.SeptetsOf(character));
    }

    [Fact]
    public void There_are_271_and_no_other_character_is_changed()
    {
        Assert.Equal(271, SmartEncodingRows.All.Count);
        Assert.All(Enumerable.Range(0, 0x10000).Select(code => (char)code).Except(SmartEncodingRows.All.Keys),
            character => Assert.Equal($"{character}", SmartEncoding.Encode($"{character}")));
    }

    [Theory]
    [MemberData(nameof(SegmentationVectors.SmartEncoded), MemberType = typeof(SegmentationVectors))]
    public void The_segments_are_those_of_the_replaced_text(string body, string encoded, int[] units)
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
    public void All_is_replaced_or_nothing(string body, string encoded) => Assert.Equal(encoded, SmartEncoding.Encode(body));

    [Theory]
    [InlineData("")]
    [InlineData("plain, {GSM-7}: 5 €")]
    [InlineData("“Hi” \U0001F631")]
    public void What_is_not_replaced_is_the_very_same_string_and_allocates_nothing(string body)
    {
        SmartEncoding.Encode(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var encoded = SmartEncoding.Encode(body);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Same(body, encoded);
    }
}
