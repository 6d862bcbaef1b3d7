using Microsoft.Extensions.Time.Testing;

namespace MessagingServices.Server.Tests.Data;

/// <summary>SIDs cannot be guessed, and sort by their time.</summary>
public sealed class SidSourceTests
{
    [Fact]
    public void A_later_sid_stands_behind_an_earlier_one()
    {
        var time = new FakeTimeProvider(new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
        var sids = new SidSource(time);
        List<string> drawn = [];
        for (var i = 0; i < 1_000; i++)
        {
            drawn.Add(sids.New(SidPrefix.TextMessage).Value);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(drawn.Order(StringComparer.Ordinal), drawn);
    }

    [Fact]
    public void Sids_of_one_moment_differ_in_all_that_is_not_its_time()
    {
        var sids = new SidSource(new FakeTimeProvider());
        List<string> drawn = [];
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 2_500; i++)
            {
                var sid = sids.New(SidPrefix.TextMessage).Value;
                lock (drawn) drawn.Add(sid);
            }
        });

        Assert.Equal(10_000, drawn.Distinct().Count());
        Assert.Single(drawn.Select(sid => sid[..14]).Distinct());
        // Every digit takes every value, so each of the 80 bits changes.
        for (var place = 14; place < Sid.Length; place++)
            Assert.Equal(16, drawn.Select(sid => sid[place]).Distinct().Count());
    }
}
