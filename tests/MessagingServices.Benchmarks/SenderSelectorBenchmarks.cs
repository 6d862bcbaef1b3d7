using BenchmarkDotNet.Attributes;

namespace MessagingServices.Benchmarks;

/// <summary>
/// What does it cost to select a sender, by the size of the pool? Half of the numbers have the recipient's area code;
/// <c>Recorded</c> also makes the record that is stored.
/// </summary>
[MemoryDiagnoser]
public class SenderSelectorBenchmarks
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Sid Service = Sid.Create("MG", 1);
    private static readonly Sid Message = Sid.Create("SM", 1);

    private readonly SelectionRequest request =
        new(RecipientAddress.Parse("+14155550123").Address!, HasMedia: false) { AreaCodeGeomatch = true };
    private SelectionRequest sticky = null!;
    private SenderPool pool = new([]);

    [Params(1, 10, 400)]
    public int Senders { get; set; }

    [GlobalSetup]
    public void FillPool()
    {
        pool = new(Enumerable.Range(0, Senders).Select(i =>
        {
            var number = RecipientAddress.Parse($"+1{(i % 2 == 0 ? "415" : "212")}555{i:0000}").Address!.Number!;
            return new PoolSender(Service,
                new PhoneNumber(Sid.Create("PN", (UInt128)i), Sid.Create("AC", 1), number, Now), Now) { LastUsed = i };
        }));
        sticky = request with { StickySender = pool.Senders[^1].Sid };
    }

    [Benchmark]
    public SenderChoice Select() => SenderSelector.Select(request, pool);

    [Benchmark]
    public SenderChoice Sticky() => SenderSelector.Select(sticky, pool);

    [Benchmark]
    public SenderSelection Recorded() => SenderSelection.Of(Message, SenderSelector.Select(request, pool));
}
