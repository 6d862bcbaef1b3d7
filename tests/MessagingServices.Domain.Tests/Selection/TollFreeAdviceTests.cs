using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

/// <summary>Several toll-free numbers in a pool give a warning, not an error.</summary>
public sealed class TollFreeAdviceTests
{
    [Fact]
    public void Two_toll_free_numbers_are_kept_with_a_warning()
    {
        var step = Select(ToUs, Us, TollFree, "+18885550001").Step("TollFreeAdvice")!;

        Assert.Equal((3, 0), (step.KeptCount, step.RemovedCount));
        Assert.NotNull(step.Warning);
    }

    [Fact]
    public void Toll_free_number_and_toll_free_fallback_give_no_warning() => Assert.Null(
        Select(To(ToUs) with { FallbackFrom = Sender("+18885550001", 9, Sid.Create("MG", 2)) }, Us, TollFree,
            Rcs).Step("TollFreeAdvice"));

    [Fact]
    public void One_toll_free_number_gives_no_warning() =>
        Assert.Null(Select(ToUs, Us, TollFree).Step("TollFreeAdvice"));
}
