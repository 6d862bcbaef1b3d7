using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Outbound.Throughput;

/// <summary>Whether senders send only as fast as Twilio's, and how fast that is.</summary>
[Section("Throughput", "Whether each sender sends only as fast as at Twilio, and the rates. Give all servers of one "
    + "database the same values.", See = "throughput.md")]
internal sealed class ThroughputOptions
{
    private const int MaxRate = 100_000;
    private static readonly SendingRates Usual = new();

    [Setting("`true`: each sender sends at its rate, and messages wait for their sender. `false`: the carrier gets "
        + "every message at once.")]
    public bool Simulate { get; init; }

    [Setting("Segments a second of a US or Canadian number to the US, without an A2P campaign.")]
    [Range(1, MaxRate)]
    public int LongCodeToUs { get; init; } = Usual.LongCodeToUs;

    [Setting("Segments a second of a US or Canadian number to the US, with an A2P campaign.")]
    [Range(1, MaxRate)]
    public int CampaignToUs { get; init; } = Usual.CampaignToUs;

    [Setting("Segments a second of a number to Canada.")]
    [Range(1, MaxRate)]
    public int LongCodeToCanada { get; init; } = Usual.LongCodeToCanada;

    [Setting("Segments a second of a toll-free number to the US and Canada.")]
    [Range(1, MaxRate)]
    public int TollFree { get; init; } = Usual.TollFree;

    [Setting("Segments a second of a number or an alphanumeric sender to all other countries.")]
    [Range(1, MaxRate)]
    public int OtherCountries { get; init; } = Usual.OtherCountries;

    [Setting("Segments a second of a short code.")]
    [Range(1, MaxRate)]
    public int ShortCode { get; init; } = Usual.ShortCode;

    [Setting("Messages a second of an RCS sender.")]
    [Range(1, MaxRate)]
    public int Rcs { get; init; } = Usual.Rcs;

    [Setting("Messages a second of a WhatsApp sender.")]
    [Range(1, MaxRate)]
    public int WhatsApp { get; init; } = Usual.WhatsApp;

    [Setting("MMS a second of all numbers of an account together.")]
    [Range(1, MaxRate)]
    public int MmsLongCode { get; init; } = Usual.MmsLongCode;

    [Setting("MMS a second of all toll-free numbers of an account together.")]
    [Range(1, MaxRate)]
    public int MmsTollFree { get; init; } = Usual.MmsTollFree;

    [Setting("MMS a second of a short code.")]
    [Range(1, MaxRate)]
    public int MmsShortCode { get; init; } = Usual.MmsShortCode;

    /// <summary>The rates, as the domain takes them.</summary>
    internal SendingRates Rates => field ??= new()
    {
        LongCodeToUs = LongCodeToUs, CampaignToUs = CampaignToUs, LongCodeToCanada = LongCodeToCanada,
        TollFree = TollFree, OtherCountries = OtherCountries, ShortCode = ShortCode, Rcs = Rcs, WhatsApp = WhatsApp,
        MmsLongCode = MmsLongCode, MmsTollFree = MmsTollFree, MmsShortCode = MmsShortCode,
    };
}
