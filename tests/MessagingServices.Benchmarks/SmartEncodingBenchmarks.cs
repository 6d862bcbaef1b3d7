using BenchmarkDotNet.Attributes;

namespace MessagingServices.Benchmarks;

/// <summary>What does it cost to smart-encode and segment a body of 1,600 characters?</summary>
[MemoryDiagnoser]
public class SmartEncodingBenchmarks
{
    private const string Sentence = "The quick brown fox jumps over the lazy dog, again and again. ";

    private readonly string plain = Of(Sentence);
    private readonly string quoted = Of($"“{Sentence.TrimEnd()}” – ");
    private readonly string lookAlikes = Of("“…”");
    private readonly string cyrillic = Of("Съешь же ещё этих мягких французских булок. ");

    [Benchmark(Baseline = true)]
    public string EncodePlain() => SmartEncoding.Encode(plain);

    [Benchmark]
    public string EncodeQuotes() => SmartEncoding.Encode(quoted);

    [Benchmark]
    public string EncodeOnlyLookAlikes() => SmartEncoding.Encode(lookAlikes);

    [Benchmark]
    public string EncodeNothing() => SmartEncoding.Encode(cyrillic);

    [Benchmark]
    public int EncodeQuotesAndCount() => Segmenter.Count(SmartEncoding.Encode(quoted));

    [Benchmark]
    public Segmentation EncodeQuotesAndSplit() => Segmenter.Split(SmartEncoding.Encode(quoted));

    [Benchmark]
    public Segmentation SplitGsm7() => Segmenter.Split(plain);

    [Benchmark]
    public Segmentation SplitUcs2() => Segmenter.Split(cyrillic);

    private static string Of(string text) => string.Concat(Enumerable.Repeat(text, 1600 / text.Length + 1))[..1600];
}
