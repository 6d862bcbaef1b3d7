namespace MessagingServices.Domain.Tests.Segments;

public class SegmenterTests
{
    [Theory]
    [MemberData(nameof(SegmentationVectors.Gsm7), MemberType = typeof(SegmentationVectors))]
    public void Body_in_GSM_7_is_split_by_septets(string body, int[] septets)
    {
        var split = Segmenter.Split(body);

        Assert.Equal(SegmentEncoding.Gsm7, split.Encoding);
        Assert.Equal(septets, split.Segments.Select(segment => segment.Units));
        Assert.Equal(septets.Length, Segmenter.Count(body));
    }

    [Theory]
    [MemberData(nameof(SegmentationVectors.Ucs2), MemberType = typeof(SegmentationVectors))]
    public void Body_outside_GSM_7_is_split_by_UTF_16_units(string body, int[] units)
    {
        var split = Segmenter.Split(body);

        Assert.Equal(SegmentEncoding.Ucs2, split.Encoding);
        Assert.Equal(units, split.Segments.Select(segment => segment.Units));
        Assert.Equal(units.Length, Segmenter.Count(body));
    }

    [Fact]
    public void Cluster_longer_than_a_segment_is_split_between_surrogate_pairs()
    {
        // A letter with 100 combining marks outside the basic plane, two units each.
        var body = "я" + string.Concat(Enumerable.Repeat("\U0001D165", 100));

        Assert.Equal([67, 66, 66, 2], Segmenter.Split(body).Segments.Select(segment => segment.Units));
    }

    [Theory]
    [InlineData(100, "", 43)]
    [InlineData(67, "", 10)]
    [InlineData(66, "\U0001D165", 11)]
    public void Cluster_longer_than_a_segment_starts_in_the_present_segment(int marks, string lastMark, int left)
    {
        var body = new string('я', 10) + new string('\u0301', marks) + lastMark;

        Assert.Equal([67, left], Segmenter.Split(body).Segments.Select(segment => segment.Units));
    }

    [Fact]
    public void Cluster_of_a_full_segment_is_not_split()
    {
        var cluster = "a" + new string('\u0301', 66);

        Assert.Equal([10, 67, 1],
            Segmenter.Split(new string('b', 10) + cluster + "c").Segments.Select(segment => segment.Units));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var family = string.Concat(Enumerable.Repeat("\U0001F468\u200D\U0001F469", 300));
        var bodies = new[] { new string('a', 1600), new string('€', 800), family };
        foreach (var body in bodies)
            Segmenter.Count(body);

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var body in bodies)
            Segmenter.Count(body);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
