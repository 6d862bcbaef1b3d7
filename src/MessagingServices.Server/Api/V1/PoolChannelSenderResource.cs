using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// A WhatsApp or RCS sender in a sender pool. Source: https://www.twilio.com/docs/messaging/api/channelsender-resource.
/// </summary>
internal sealed record PoolChannelSenderResource
{
    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The Messaging Service whose pool it is in.</summary>
    public required Sid MessagingServiceSid { get; init; }

    /// <summary>The sender's own SID, prefix XE.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The address of its messages: whatsapp: and a number in E.164, or rcs: and the agent's name.</summary>
    public required string Sender { get; init; }

    /// <summary>The type of the sender: <c>WhatsApp</c> or <c>RCS</c>.</summary>
    public required string SenderType { get; init; }

    /// <summary>
    /// ISO 3166 code of the country of a WhatsApp sender's number, or the first country that had approved an RCS sender
    /// when it joined the pool; null where there is none.
    /// </summary>
    public required string? CountryCode { get; init; }

    /// <summary>When it joined the pool; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>The same as date_created: members of a pool do not change.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a member of a pool, its address on the host that the request came to.</summary>
    public static PoolChannelSenderResource Of(PoolSender sender, HttpRequest request)
    {
        var isRcs = sender.Type == Domain.Senders.SenderType.Rcs;
        return new()
        {
            AccountSid = sender.AccountSid,
            MessagingServiceSid = sender.MessagingServiceSid,
            Sid = sender.Sid,
            Sender = sender.Address,
            SenderType = isRcs ? "RCS" : "WhatsApp",
            CountryCode = isRcs ? sender.ApprovedCountries.Count > 0 ? sender.ApprovedCountries[0] : null
                : sender.Country,
            DateCreated = new(sender.DateCreated),
            DateUpdated = new(sender.DateUpdated),
            Url = request.AbsoluteUrl($"/v1/Services/{sender.MessagingServiceSid}/ChannelSenders/{sender.Sid}"),
        };
    }
}

/// <summary>The parameters with which a WhatsApp or RCS sender is put into a pool.</summary>
internal sealed record AddPoolChannelSenderForm
{
    /// <summary>The sender, by its SID (XE). Required.</summary>
    public string? Sid { get; init; }
}

/// <summary>The sender must be named by a SID.</summary>
internal sealed class AddPoolChannelSenderRules : AbstractValidator<AddPoolChannelSenderForm>
{
    public AddPoolChannelSenderRules()
    {
        RuleFor(form => form.Sid).Required(nameof(AddPoolChannelSenderForm.Sid));
        RuleFor(form => form.Sid).SidOf(nameof(AddPoolChannelSenderForm.Sid), SidPrefix.ChannelSender);
    }
}
