using BenchmarkDotNet.Attributes;

namespace MessagingServices.Benchmarks;

/// <summary>What does it cost to count the segments of the longest body?</summary>
[MemoryDiagnoser]
public class SegmenterBenchmarks
{
    private readonly string gsm = new('a', 1600);
    private readonly string ucs2 = new('…', 1600);

    [Benchmark(Baseline = true)]
    public int CountGsm7() => Segmenter.Count(gsm);

    [Benchmark]
    public int CountUcs2() => Segmenter.Count(ucs2);
}
