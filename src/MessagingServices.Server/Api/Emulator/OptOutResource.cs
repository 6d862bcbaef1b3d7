using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>That a recipient wants no messages from a sender or Messaging Service.</summary>
internal sealed record OptOutResource
{
    /// <summary>The recipient's number, with <c>whatsapp:</c> on WhatsApp.</summary>
    public required string To { get; init; }

    /// <summary>The sender; null when it is a Messaging Service.</summary>
    public required string? From { get; init; }

    /// <summary>The Messaging Service, with all its senders; null when it is one sender.</summary>
    public required string? MessagingServiceSid { get; init; }

    /// <summary>The channel of the opt-out: <c>sms</c> (with MMS and RCS) or <c>whatsapp</c>.</summary>
    [Shape(Words = ["sms", "whatsapp"])]
    public required string Channel { get; init; }

    /// <summary>The keyword in capital letters, or <c>consent</c> when the application has reported it.</summary>
    public required string Source { get; init; }

    /// <summary>When it became known, on the emulator's clock; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    internal static OptOutResource Of(OptOut optOut)
    {
        var isService = Sid.TryParseAs(SidPrefix.MessagingService, optOut.Scope, out _);
        var isWhatsApp = optOut.Channel == Domain.Senders.Channel.WhatsApp;
        return new()
        {
            To = isWhatsApp ? $"whatsapp:{optOut.Recipient}" : optOut.Recipient,
            From = isService ? null : optOut.Scope,
            MessagingServiceSid = isService ? optOut.Scope : null,
            Channel = isWhatsApp ? "whatsapp" : "sms",
            Source = optOut.Source,
            DateCreated = new(optOut.DateCreated),
        };
    }
}

/// <summary>Which opt-outs are meant. An absent or empty parameter matches all.</summary>
internal sealed record OptOutFilter
{
    /// <summary>
    /// Those of this recipient; with <c>whatsapp:</c> on WhatsApp only, with <c>rcs:</c> all but on WhatsApp, without
    /// on any channel.
    /// </summary>
    public string? To { get; init; }

    /// <summary>Those of this Messaging Service.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>Those of this sender.</summary>
    public string? From { get; init; }

    internal bool IsEmpty =>
        string.IsNullOrEmpty(To) && string.IsNullOrEmpty(MessagingServiceSid) && string.IsNullOrEmpty(From);

    /// <summary>The recipient's number and the group of channels; null for any.</summary>
    internal (string? Recipient, Channel? Group) ToRecipient()
    {
        if (string.IsNullOrEmpty(To)) return default;
        if (RecipientAddress.Parse(To).Address is not { } address) return (To, null);
        return (address.Handset, address.Channel == Channel.Sms ? null : OptOut.GroupOf(address.Channel));
    }

    /// <summary>The senders and Messaging Services of the filter.</summary>
    internal List<string> ToScopes()
    {
        List<string> scopes = [];
        if (!string.IsNullOrEmpty(MessagingServiceSid)) scopes.Add(MessagingServiceSid);
        if (!string.IsNullOrEmpty(From)) scopes.Add(AnyAddress.Normalise(From));
        return scopes;
    }

    /// <summary>Filters; the shape was checked.</summary>
    internal IQueryable<OptOut> Apply(IQueryable<OptOut> optOuts)
    {
        var (recipient, group) = ToRecipient();
        if (recipient is not null) optOuts = optOuts.Where(optOut => optOut.Recipient == recipient);
        if (group is { } channel) optOuts = optOuts.Where(optOut => optOut.Channel == channel);
        return ToScopes().Aggregate(optOuts, (rest, scope) => rest.Where(optOut => optOut.Scope == scope));
    }
}

/// <summary>SIDs must be readable.</summary>
internal sealed class OptOutFilterRules : AbstractValidator<OptOutFilter>
{
    public OptOutFilterRules() =>
        RuleFor(filter => filter.MessagingServiceSid).SidOf("MessagingServiceSid", SidPrefix.MessagingService);
}
