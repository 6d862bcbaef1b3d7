namespace MessagingServices.Domain.Tests.Selection;

/// <summary>
/// Short notation for pools: a number (<c>+14155550100</c>), a short code with its country (<c>12345/US</c>), an
/// alphanumeric sender (<c>ACME</c>, <c>ACME/DE</c>), an RCS sender with the countries of its approval
/// (<c>rcs:agent/US,GB</c>), a WhatsApp sender (<c>whatsapp:+14155550100</c>). In steps, a sender is the text before
/// the slash.
/// </summary>
internal static class Pools
{
    public const string Us =
        "+14155550001", Us212 = "+12125550001", Ca = "+16135550001", Gb = "+447700900001", De = "+4915112345001",
        Jm = "+18765550001", Pr = "+17875550001", TollFree = "+18005550001", AShortCode = "12345/US", Alpha = "ACME",
        Rcs = "rcs:agent",
        WhatsApp = "whatsapp:+14155550001";

    public const string ToUs =
        "+14155550123", ToCa = "+16135550123", ToGb = "+447700900123", ToDe = "+4915112345678", ToFr = "+33612345678",
        ToKr = "+821012345678", ToPr = "+17875550123", ToJm = "+18765550123", ToTollFree = "+18885550123";

    public static readonly Sid Service = Sid.Create("MG", 1);

    private static readonly Sid Account = Sid.Create("AC", 1);
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static SenderPool Of(params IEnumerable<string> senders) =>
        new(senders.Select((text, i) => Sender(text, i)));

    public static PoolSender Sender(string text, int i = 0, Sid? service = null)
    {
        var (address, of) = text.Split('/') is [var first, var second] ? (first, second) : (text, null);
        var pool = service ?? Service;
        if (ChannelAddress.TryParse(address, out var channel))
        {
            return new(pool, new ChannelSender(Sid.Create("XE", (UInt128)i), Account, channel, Now)
            {
                ApprovedCountries = of?.Split(',') ?? [],
            }, Now);
        }

        if (Domain.Senders.ShortCode.IsCode(address))
            return new(pool, new ShortCode(Sid.Create("SC", (UInt128)i), Account, address, of!, Now), Now);
        return PhoneNumberValue.TryParse(address, out var number)
            ? new(pool, new PhoneNumber(Sid.Create("PN", (UInt128)i), Account, number, Now), Now)
            : new(pool, new AlphaSender(Sid.Create("AI", (UInt128)i), Account, address, of), Now);
    }

    public static SelectionRequest To(string to, bool media = false) =>
        new(RecipientAddress.Parse(to).Address!, media) { AreaCodeGeomatch = true };

    public static SenderChoice Select(string to, params IEnumerable<string> pool) =>
        SenderSelector.Select(To(to), Of(pool));

    public static SenderChoice Select(SelectionRequest request, params IEnumerable<string> pool) =>
        SenderSelector.Select(request, Of(pool));

    /// <summary>The chosen address; null if no sender is usable.</summary>
    public static string? Chosen(this SenderChoice choice) => (choice as SenderChoice.Chosen)?.Sender.Address;

    /// <summary>The outcome of a rule; null if it did not apply.</summary>
    public static SelectionStep? Step(this SenderChoice choice, string rule) =>
        choice.Steps().SingleOrDefault(step => step.Rule == rule);

    /// <summary>The addresses that a rule kept, separated by spaces; null if it did not apply.</summary>
    public static string? Kept(this SenderChoice choice, string rule) =>
        choice.Step(rule) is { } step ? string.Join(' ', step.Kept) : null;
}
