namespace MessagingServices.Benchmarks.Load;

/// <summary>How long everything takes.</summary>
/// <param name="Quick">One short round of everything, to see that it works; its figures mean little.</param>
internal sealed record LoadOptions(bool Quick)
{
    /// <summary>How often every side of a comparison is measured; the sides alternate.</summary>
    public int Rounds => Quick ? 1 : 3;

    /// <summary>How long a round is.</summary>
    public int Seconds => Quick ? 2 : 5;

    /// <summary>
    /// How many requests each server gets before the first round: the JIT compiler has found its feet after about
    /// 20,000.
    /// </summary>
    public int WarmUpRequests => Quick ? 1_000 : 20_000;

    /// <summary>One of two figures.</summary>
    public T Choose<T>(T full, T quick) => Quick ? quick : full;
}
