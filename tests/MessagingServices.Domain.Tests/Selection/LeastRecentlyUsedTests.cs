using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class LeastRecentlyUsedTests
{
    [Theory]
    [InlineData("+14155550001", 0, 0, 0)]
    [InlineData("+14155550002", 1, 0, 0)]
    [InlineData("+14155550002", 3, 1, 2)]
    [InlineData("+14155550003", 5, 4, 3)]
    public void Least_recently_used_wins_then_the_first_in_the_pool(string chosen, params int[] lastUsed)
    {
        var pool = Of(lastUsed.Select((_, i) => $"+1415555000{i + 1}"));
        for (var i = 0; i < lastUsed.Length; i++) pool.Senders[i].LastUsed = lastUsed[i];

        var choice = SenderSelector.Select(To(ToUs), pool);

        Assert.Equal((chosen, chosen), (choice.Chosen(), choice.Kept("EvenSpread")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Senders_of_a_pool_of_any_size_get_equal_shares(int size)
    {
        var pool = Of(Enumerable.Range(1, size).Select(i => $"+1415555000{i}"));

        var chosen = Enumerable.Range(0, 10 * size).Select(_ => UseNext(pool)).ToList();

        Assert.All(chosen.CountBy(address => address), share => Assert.Equal(10, share.Value));
        Assert.Equal(size, chosen.Distinct().Count());
    }

    [Fact]
    public void Only_the_best_matches_are_used_alternately()
    {
        var pool = Of(Us, Us212, Gb, "+447700900002");

        Assert.Equal([Gb, "+447700900002", Gb, "+447700900002"],
            Enumerable.Range(0, 4).Select(_ => UseNext(pool, ToGb)));
    }

    private static string UseNext(SenderPool pool, string to = ToUs)
    {
        var sender = Assert.IsType<SenderChoice.Chosen>(SenderSelector.Select(To(to), pool)).Sender;
        pool.Use(sender);
        return sender.Address;
    }
}
