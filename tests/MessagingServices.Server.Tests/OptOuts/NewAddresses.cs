namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>Addresses that no other test uses: tests that share a server do not affect each other.</summary>
internal static class NewAddresses
{
    private static int last;

    /// <summary>A long code of the United States.</summary>
    public static string NewNumber() => $"+1415{3_000_000 + Next()}";

    public static string NewCanadianNumber() => $"+1514{3_000_000 + Next()}";

    public static string NewMexicanNumber() => $"+5255{12_345_000 + Next()}";

    public static string NewBritishNumber() => $"+447700{900_000 + Next()}";

    public static string NewTollFreeNumber() => $"+1800{3_000_000 + Next()}";

    public static string NewShortCode() => $"{30_000 + Next()}";

    public static string NewRcsSender() => $"rcs:agent{Next()}";

    private static int Next() => Interlocked.Increment(ref last);
}
