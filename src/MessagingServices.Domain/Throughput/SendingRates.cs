using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Throughput;

/// <summary>
/// How fast senders send: segments a second of SMS, messages a second of all else. What is not said stands for Twilio's own rates. Source:
/// https://support.twilio.com/hc/en-us/articles/115002943027.
/// </summary>
public sealed record SendingRates
{
    /// <summary>A number of the US or Canada to the US, without an A2P campaign.</summary>
    public int LongCodeToUs { get; init; } = 1;

    /// <summary>The same with a campaign. At Twilio it depends on the campaign.</summary>
    public int CampaignToUs { get; init; } = 10;

    /// <summary>A number to Canada.</summary>
    public int LongCodeToCanada { get; init; } = 1;

    /// <summary>A toll-free number to the US and Canada.</summary>
    public int TollFree { get; init; } = 3;

    /// <summary>A number or an alphanumeric sender to all other countries.</summary>
    public int OtherCountries { get; init; } = 10;

    /// <summary>A short code.</summary>
    public int ShortCode { get; init; } = 100;

    /// <summary>An RCS sender.</summary>
    public int Rcs { get; init; } = 100;

    /// <summary>A WhatsApp sender.</summary>
    public int WhatsApp { get; init; } = 80;

    /// <summary>MMS from all numbers of an account together.</summary>
    public int MmsLongCode { get; init; } = 50;

    /// <summary>MMS from all toll-free numbers of an account together.</summary>
    public int MmsTollFree { get; init; } = 25;

    /// <summary>MMS from a short code.</summary>
    public int MmsShortCode { get; init; } = 40;

    /// <summary>The queues that MMS from numbers of one account share.</summary>
    public static IReadOnlyList<string> SharedQueues { get; } = ["mms:long_code", "mms:toll_free"];

    /// <summary>What sending a message takes that has its sender, at the rate of the queue that it waits in.</summary>
    /// <param name="message">The message.</param>
    /// <param name="hasCampaign">Whether the sender's Messaging Service has an A2P campaign.</param>
    public SendingEffort EffortOf(Message message, bool hasCampaign)
    {
        var sender = SenderAddress.Parse(message.From ?? "") ?? throw new ArgumentException("It has no sender yet.", nameof(message));
        var rate = RateOf(sender.Type, sender.Value, RecipientAddress.Parse(message.To).Address?.Country, message.GoesAsMms, hasCampaign);
        var units = sender.Channel == Channel.Sms && !message.GoesAsMms ? message.NumSegments : 1;
        return new(rate, units);
    }

    /// <summary>The queue that messages from a sender wait in, and how fast it is worked off.</summary>
    /// <param name="type">The type of the sender.</param>
    /// <param name="address">Its address, in its one form.</param>
    /// <param name="country">ISO 3166 code of the recipient's country; null when it is unknown.</param>
    /// <param name="isMms">Whether the message goes as MMS.</param>
    /// <param name="hasCampaign">Whether the sender's Messaging Service has an A2P campaign.</param>
    public SendingRate RateOf(SenderType type, string address, string? country, bool isMms, bool hasCampaign) => type switch
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

/// <summary>How fast a queue is worked off.</summary>
/// <param name="Queue">The queue's name within its account: the sender's address, or what several share.</param>
/// <param name="PerSecond">Segments a second of SMS, messages a second of all else.</param>
/// <param name="HasLimit">Whether the queue is full at some time.</param>
public readonly record struct SendingRate(string Queue, int PerSecond, bool HasLimit = true);

/// <summary>What sending a message takes.</summary>
/// <param name="Rate">The queue, and its rate for this message.</param>
/// <param name="Units">Segments of an SMS, 1 of all else.</param>
public readonly record struct SendingEffort(SendingRate Rate, int Units)
{
    /// <summary>How long the sender is busy with it.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Units / Rate.PerSecond);
}
