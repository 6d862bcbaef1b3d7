using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

/// <summary>More than one toll-free number in a pool is advised against, not forbidden.</summary>
public sealed class TollFreeAdviceTests
{
    [Fact]
    public void Two_toll_free_numbers_are_warned_of_and_stay()
    {
        var step = Select(ToUs, Us, TollFree, "+18885550001").Step("TollFreeAdvice")!;

        Assert.Equal((3, 0), (step.KeptCount, step.RemovedCount));
        Assert.NotNull(step.Warning);
    }

    [Fact]
    public void One_in_the_pool_and_one_to_fall_back_to_are_not() => Assert.Null(
        Select(To(ToUs) with { FallbackFrom = Sender("+18885550001", 9, Sid.Create("MG", 2)) }, Us, TollFree, Rcs).Step("TollFreeAdvice"));

    [Fact]
    public void One_is_not() => Assert.Null(Select(ToUs, Us, TollFree).Step("TollFreeAdvice"));
}
