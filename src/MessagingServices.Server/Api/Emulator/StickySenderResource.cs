using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The sender that a recipient keeps.</summary>
internal sealed record StickySenderResource
{
    /// <summary>The recipient as it is written in a message, for example <c>whatsapp:+15552229999</c>.</summary>
    public required string To { get; init; }

    /// <summary>The sender's address.</summary>
    public required string From { get; init; }

    /// <summary>The Messaging Service that remembers.</summary>
    public required Sid MessagingServiceSid { get; init; }

    /// <summary>The channel of the sticky sender: <c>sms</c> (with MMS) or <c>whatsapp</c>.</summary>
    [Shape(Words = ["sms", "whatsapp"])]
    public required string Channel { get; init; }

    /// <summary>When the recipient was first remembered, on the emulator's clock; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    internal static IQueryable<StickyPair> Query(MessagingDb db, Sid account) =>
        from sticky in db.StickySenders
        join sender in db.PoolSenders on sticky.SenderSid equals sender.Sid
        where sender.AccountSid == account
        select new StickyPair
        {
            MessagingServiceSid = sticky.MessagingServiceSid,
            Channel = sticky.Channel,
            To = sticky.To,
            From = sender.Address,
            Ordinal = sticky.Ordinal,
            DateCreated = sticky.DateCreated,
        };

    internal static StickySenderResource Of(StickyPair sticky) => new()
    {
        To = sticky.Channel == Domain.Senders.Channel.WhatsApp ? $"whatsapp:{sticky.To}" : sticky.To,
        From = sticky.From,
        MessagingServiceSid = sticky.MessagingServiceSid,
        Channel = sticky.Channel == Domain.Senders.Channel.WhatsApp ? "whatsapp" : "sms",
        DateCreated = new(sticky.DateCreated),
    };
}

/// <summary>A recipient with its sender, as they are read together.</summary>
internal sealed record StickyPair
{
    public required Sid MessagingServiceSid { get; init; }

    public required Channel Channel { get; init; }

    public required string To { get; init; }

    public required string From { get; init; }

    public required long Ordinal { get; init; }

    public required DateTimeOffset DateCreated { get; init; }
}

/// <summary>Filters the list of sticky senders. An absent or empty parameter matches all.</summary>
internal sealed record StickySenderFilter
{
    /// <summary>Those of this Messaging Service.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>Those of this recipient; with <c>whatsapp:</c> on WhatsApp only, without on any channel.</summary>
    public string? To { get; init; }

    /// <summary>Filters; the shape was checked.</summary>
    internal IQueryable<StickyPair> Apply(IQueryable<StickyPair> pairs)
    {
        if (Sid.TryParse(MessagingServiceSid, null, out var service))
            pairs = pairs.Where(pair => pair.MessagingServiceSid == service);
        if (string.IsNullOrEmpty(To)) return pairs;
        if (RecipientAddress.Parse(To).Address is not { } recipient) return pairs.Where(pair => pair.To == To);
        pairs = pairs.Where(pair => pair.To == recipient.Handset);
        return recipient.Channel == Channel.Sms ? pairs : pairs.Where(pair => pair.Channel == recipient.Channel);
    }
}

/// <summary>SIDs must be readable.</summary>
internal sealed class StickySenderFilterRules : AbstractValidator<StickySenderFilter>
{
    public StickySenderFilterRules() =>
        RuleFor(filter => filter.MessagingServiceSid).SidOf("MessagingServiceSid", SidPrefix.MessagingService);
}
