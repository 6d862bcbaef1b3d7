using BenchmarkDotNet.Attributes;
using MessagingServices.Domain;
using MessagingServices.Domain.Selection;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Benchmarks;

/// <summary>What does it cost to select a sender, by the size of the pool?</summary>
[MemoryDiagnoser]
public class SenderSelectorBenchmarks
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SelectionRequest request = new(RecipientAddress.Parse("+14155550123").Address!, HasMedia: false);
    private SenderPool pool = new([]);

    [Params(1, 10, 400)]
    public int Senders { get; set; }

    [GlobalSetup]
    public void FillPool() => pool = new(Enumerable.Range(0, Senders).Select(i =>
    {
        var number = RecipientAddress.Parse($"+1415555{i:0000}").Address!.Number;
        return new PoolSender(Sid.Create("MG", 1), new PhoneNumber(Sid.Create("PN", (UInt128)i), Sid.Create("AC", 1), number, Now), Now) { LastUsed = i };
    }));

    [Benchmark]
    public SenderChoice Select() => SenderSelector.Select(request, pool);
}
