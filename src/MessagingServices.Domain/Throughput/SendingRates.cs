using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Throughput;

/// <summary>
/// The send rates of senders: segments per second for SMS, messages per second for all other messages. The defaults are
/// Twilio's. Source: https://support.twilio.com/hc/en-us/articles/115002943027.
/// </summary>
public sealed record SendingRates
{
    /// <summary>From a US or Canadian number to the US, without an A2P campaign.</summary>
    public int LongCodeToUs { get; init; } = 1;

    /// <summary>
    /// From a US or Canadian number to the US, with an A2P campaign. Twilio's rate depends on the campaign.
    /// </summary>
    public int CampaignToUs { get; init; } = 10;

    /// <summary>From a number to Canada.</summary>
    public int LongCodeToCanada { get; init; } = 1;

    /// <summary>From a toll-free number to the US and Canada.</summary>
    public int TollFree { get; init; } = 3;

    /// <summary>From a number or an alphanumeric sender to all other countries.</summary>
    public int OtherCountries { get; init; } = 10;

    public int ShortCode { get; init; } = 100;

    public int Rcs { get; init; } = 100;

    public int WhatsApp { get; init; } = 80;

    /// <summary>MMS from all long codes of an account together.</summary>
    public int MmsLongCode { get; init; } = 50;

    /// <summary>MMS from all toll-free numbers of an account together.</summary>
    public int MmsTollFree { get; init; } = 25;

    public int MmsShortCode { get; init; } = 40;

    /// <summary>The queues that MMS from all numbers of an account share.</summary>
    public static IReadOnlyList<string> SharedQueues { get; } = ["mms:long_code", "mms:toll_free"];

    /// <summary>The rate and the size of a message whose sender is known.</summary>
    /// <param name="hasCampaign">Whether the sender's Messaging Service has an A2P campaign.</param>
    public SendingEffort EffortOf(Message message, bool hasCampaign)
    {
        var sender = SenderAddress.Parse(message.From ?? "")
            ?? throw new ArgumentException("It has no sender yet.", nameof(message));
        var rate = RateOf(sender.Type, sender.Value, RecipientAddress.Parse(message.To).Address?.Country,
            message.GoesAsMms, hasCampaign);
        var units = sender.Channel == Channel.Sms && !message.GoesAsMms ? message.NumSegments : 1;
        return new(rate, units);
    }

    /// <summary>The queue of a sender's messages and its rate.</summary>
    /// <param name="address">The sender's normalised address.</param>
    /// <param name="country">The ISO 3166 code of the recipient's country; null if unknown.</param>
    /// <param name="isMms">Whether the message is sent as MMS.</param>
    /// <param name="hasCampaign">Whether the sender's Messaging Service has an A2P campaign.</param>
    public SendingRate RateOf(SenderType type, string address, string? country, bool isMms, bool hasCampaign) =>
        type switch
    {
        SenderType.Rcs => new(address, Rcs, HasLimit: false),
        SenderType.WhatsApp => new(address, WhatsApp, HasLimit: false),
        SenderType.ShortCode => new(address, isMms ? MmsShortCode : ShortCode),
        SenderType.TollFree when isMms => new(SharedQueues[1], MmsTollFree),
        SenderType.TollFree => new(address, country is "US" or "CA" ? TollFree : OtherCountries),
        SenderType.LongCode when isMms => new(SharedQueues[0], MmsLongCode),
        SenderType.LongCode => new(address, country switch
        {
            "US" => hasCampaign ? CampaignToUs : LongCodeToUs,
            "CA" => LongCodeToCanada,
            _ => OtherCountries,
        }),
        SenderType.Alphanumeric => new(address, OtherCountries),
    };
}

/// <summary>The rate of a queue.</summary>
/// <param name="Queue">
/// The queue's name within its account: the sender's address, or the name of a shared queue.
/// </param>
/// <param name="PerSecond">Segments per second for SMS, messages per second for all other messages.</param>
/// <param name="HasLimit">Whether the queue has a maximum length.</param>
public readonly record struct SendingRate(string Queue, int PerSecond, bool HasLimit = true);

/// <summary>The capacity that a message uses.</summary>
/// <param name="Rate">The queue, and its rate for this message.</param>
/// <param name="Units">The number of segments of an SMS; 1 for all other messages.</param>
public readonly record struct SendingEffort(SendingRate Rate, int Units)
{
    /// <summary>The time that the sender needs for the message.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Units / Rate.PerSecond);
}
