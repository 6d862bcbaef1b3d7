using CsCheck;
using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

/// <summary>Properties of all pools, recipients and settings.</summary>
public sealed class SenderSelectorTests
{
    private static readonly string[] Everything =
    [
        Us, Us212, "+14155550002", Ca, Gb, De, Jm, Pr, TollFree, "+18885550001", Pools.AShortCode, "60777/GB", Alpha,
        "Eigen/DE", Rcs, "rcs:gb/GB", WhatsApp,
        "whatsapp:" + Gb,
    ];

    private static readonly string[] Recipients =
        [ToUs, ToCa, ToGb, ToDe, ToFr, ToKr, ToPr, ToJm, ToTollFree, Us, "whatsapp:" + ToUs, "whatsapp:" + ToGb,
            "rcs:" + ToUs, "rcs:" + ToGb];

    private static readonly Gen<Case> Cases = Gen.Select(
        Gen.OneOf(Recipients), Gen.OneOf(Everything).HashSet[0, 12], Gen.Bool.Array[6],
        Gen.Int[0, 3].Array[Everything.Length],
        Gen.OneOf(Everything.Where(text => !text.Contains(':', StringComparison.Ordinal)).ToArray()),
        (to, senders, settings, history, fallback) => new Case(to, [.. senders], settings, history, fallback));

    [Fact]
    public void Empty_pool_gives_21704()
    {
        var noSender = Assert.IsType<SenderChoice.NoSender>(Select(ToUs));

        Assert.Equal(21704, noSender.Error.Code);
        Assert.Empty(noSender.Steps());
    }

    [Fact]
    public void Recorded_step_has_max_ten_senders_and_the_total()
    {
        var choice = Select(ToUs, Enumerable.Range(1, 30).Select(i => $"+141555500{i:00}"));

        var step = SenderSelection.Of(Sid.Create("AC", 1), choice).Steps[^1];

        Assert.Equal((1, 1, 10, 29), (step.Kept.Count, step.KeptCount, step.Removed.Count, step.RemovedCount));
        Assert.Equal(29, choice.Steps()[^1].Removed.Count);
    }

    [Fact]
    public void Reason_contains_the_deciding_rules() => Assert.Equal(
        "No number is of the recipient's country, FR: a US number comes next. The only sender left.",
        Select(ToFr, Us, Gb).Reason);

    [Fact]
    public void Reason_of_a_failed_selection_contains_the_last_removed_sender() => Assert.Equal(
        "DE takes alphanumeric senders. No sender is left; Autre: an alphanumeric sender for FR.",
        Select(ToDe, "Autre/FR").Reason);

    [Fact]
    public void Chosen_sender_fits_pool_channel_and_content() => Cases.Sample(test =>
    {
        var (request, pool) = test.Build();
        if (SenderSelector.Select(request, pool) is not SenderChoice.Chosen { Sender: var sender }) return true;
        var onChannel = request.To.Channel switch
        {
            Channel.WhatsApp => sender.Type == SenderType.WhatsApp,
            Channel.Rcs => sender.Type == SenderType.Rcs,
            Channel.Sms => sender.Type != SenderType.WhatsApp,
        };
        return (pool.Senders.Contains(sender)
            || sender == request.FallbackFrom) && onChannel && sender.Address != request.To.Value
            && SenderReach.ApiError(sender, request.To, request.HasMedia) is null;
    });

    [Fact]
    public void Type_of_the_chosen_sender_is_the_best_usable_one() => Cases.Sample(test =>
    {
        var (request, pool) = test.Build();
        request = request with { StickySender = null, FallbackFrom = null };
        var best = pool.Senders.Select(sender => SenderSelector.Select(request, new([sender])))
            .OfType<SenderChoice.Chosen>()
            // A short code of the country wins over alphanumeric senders, so it is usable only without others.
            .Select(alone => TypePriority.Rank(alone.Sender.Type, request.Country)).DefaultIfEmpty(-1).Min();
        return SenderSelector.Select(request, pool) is SenderChoice.Chosen chosen
            ? TypePriority.Rank(chosen.Sender.Type, request.Country) == best
            : best < 0;
    });

    [Fact]
    public void Selection_is_deterministic() => Cases.Sample(test =>
    {
        var (first, second) = (test.Build(), test.Build());
        var (one, other) = (SenderSelector.Select(first.Request, first.Pool),
            SenderSelector.Select(second.Request, second.Pool));
        return one.Chosen() == other.Chosen() && one.Reason == other.Reason;
    });

    [Fact]
    public void Steps_are_consistent_and_end_with_the_chosen_sender() => Cases.Sample(test =>
    {
        var (request, pool) = test.Build();
        var choice = SenderSelector.Select(request, pool);
        List<string> before = [.. pool.Senders.Select(sender => sender.Address)];
        if (request.FallbackFrom is { } fallback && choice.Steps().Count > 0) before.Add(fallback.Address);
        foreach (var step in choice.Steps())
        {
            if (!before.Order().SequenceEqual(step.Kept.Concat(step.Removed.Select(removed => removed.Sender)).Order()))
                return false;
            before = [.. step.Kept];
        }

        return choice is SenderChoice.Chosen chosen ? before.SequenceEqual([chosen.Sender.Address]) : before.Count == 0;
    });

    private sealed record Case(string To, string[] Senders, bool[] Settings, int[] History, string Fallback)
    {
        public (SelectionRequest Request, SenderPool Pool) Build()
        {
            var pool = Of(Senders);
            for (var i = 0; i < Senders.Length; i++) pool.Senders[i].LastUsed = History[i];
            return (Pools.To(To, media: Settings[0]) with
            {
                AreaCodeGeomatch = Settings[1],
                StickySender = Settings[2] && Senders.Length > 0 ? pool.Senders[History[0] % Senders.Length].Sid : null,
                FallbackFrom = Settings[3] ? Sender(Fallback, 99) : null,
                WithoutRcsFrom = Settings[4] ? new HashSet<string> { Rcs } : [],
                RegisteredServices = Settings[5] ? new HashSet<Sid>() : null,
            }, pool);
        }
    }
}
