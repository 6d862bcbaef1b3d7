using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Conversations;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// A participant on the wire. Source: https://www.twilio.com/docs/conversations/api/conversation-participant-resource.
/// </summary>
internal sealed record ParticipantResource
{
    /// <summary>The account that owns the conversation.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The conversation.</summary>
    public required Sid ConversationSid { get; init; }

    /// <summary>SID with the prefix MB.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The application's name for a participant who chats; null for others.</summary>
    public required string? Identity { get; init; }

    /// <summary>The application's own data, JSON as a text.</summary>
    public required string Attributes { get; init; }

    /// <summary>How the participant is reached by messages; null for one who chats.</summary>
    public required MessagingBindingResource? MessagingBinding { get; init; }

    /// <summary>The role that the application gave it, else that of the account's participants.</summary>
    public required Sid RoleSid { get; init; }

    /// <summary>When it joined; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When it last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The index of the last message that it read, as the application set it.</summary>
    public required long? LastReadMessageIndex { get; init; }

    /// <summary>The time of that, as the application set it.</summary>
    public required string? LastReadTimestamp { get; init; }

    /// <summary>The resource of a participant, its address on the host that the request came to.</summary>
    public static ParticipantResource Of(ConversationParticipant participant, HttpRequest request) => new()
    {
        AccountSid = participant.AccountSid,
        ConversationSid = participant.ConversationSid,
        Sid = participant.Sid,
        Identity = participant.Identity,
        Attributes = participant.Attributes,
        MessagingBinding = MessagingBindingResource.Of(participant),
        RoleSid = participant.RoleSid ?? ChatService.RoleOf(participant.AccountSid),
        DateCreated = new(participant.DateCreated),
        DateUpdated = new(participant.DateUpdated),
        Url = request.AbsoluteUrl(
            $"{ConversationResource.Path(participant.ConversationSid)}/Participants/{participant.Sid}"),
        LastReadMessageIndex = participant.LastReadMessageIndex,
        LastReadTimestamp = participant.LastReadTimestamp,
    };
}

/// <summary>How a participant is reached by messages.</summary>
/// <param name="Type"><c>sms</c>, <c>whatsapp</c> or <c>rcs</c>.</param>
/// <param name="Address">The handset's address.</param>
/// <param name="ProxyAddress">The address of the sender that it sees.</param>
internal sealed record MessagingBindingResource(string Type, string Address, string ProxyAddress)
{
    /// <summary>The binding of a participant; null when there is none.</summary>
    public static MessagingBindingResource? Of(ConversationParticipant participant)
    {
        if (participant.Address is not { } address) return null;
        var type = RecipientAddress.Parse(address).Address?.Channel switch
        {
            Channel.WhatsApp => "whatsapp",
            Channel.Rcs => "rcs",
            Channel.Sms or null => "sms",
        };
        return new(type, address, participant.ProxyAddress!);
    }
}

/// <summary>The parameters of a new participant: an identity, or both addresses.</summary>
internal sealed record CreateParticipantForm : IDatedForm
{
    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    public string? DateCreated { get; init; }

    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    public string? DateUpdated { get; init; }

    /// <summary>The application's name for a participant who chats, at most 256 characters.</summary>
    public string? Identity { get; init; }

    /// <summary>The address of a handset: E.164, or with <c>whatsapp:</c> or <c>rcs:</c>.</summary>
    [FromForm(Name = "MessagingBinding.Address")]
    public string? MessagingBindingAddress { get; init; }

    /// <summary>The address of the account's sender that the handset sees, of the same channel.</summary>
    [FromForm(Name = "MessagingBinding.ProxyAddress")]
    public string? MessagingBindingProxyAddress { get; init; }

    /// <summary>The application's own data: JSON as a text; <c>{}</c> by default.</summary>
    public string? Attributes { get; init; }

    /// <summary>The SID (prefix RL) of a role; kept and shown.</summary>
    public string? RoleSid { get; init; }

    /// <summary>The participant, from a form that the rules have checked.</summary>
    internal NewParticipant ToNewParticipant() => new()
    {
        Identity = string.IsNullOrEmpty(Identity) ? null : Identity,
        Address = string.IsNullOrEmpty(MessagingBindingAddress) ? null : MessagingBindingAddress,
        ProxyAddress = MessagingBindingProxyAddress,
        Attributes = Attributes.OrKeepAttributes("{}"),
        RoleSid = RoleSid.OrKeepSid(null),
    };
}

/// <summary>The parameters with which a participant is changed; all are optional.</summary>
internal sealed record UpdateParticipantForm : IDatedForm
{
    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    public string? DateCreated { get; init; }

    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    public string? DateUpdated { get; init; }

    /// <summary>Another name of a participant who chats, at most 256 characters.</summary>
    public string? Identity { get; init; }

    /// <summary>The address of the sender that the handset sees. It cannot be changed: 50441.</summary>
    [FromForm(Name = "MessagingBinding.ProxyAddress")]
    public string? MessagingBindingProxyAddress { get; init; }

    /// <summary>The application's own data: JSON as a text.</summary>
    public string? Attributes { get; init; }

    /// <summary>The SID (prefix RL) of a role; kept and shown.</summary>
    public string? RoleSid { get; init; }

    /// <summary>The index of the last message that it read; kept and shown.</summary>
    public string? LastReadMessageIndex { get; init; }

    /// <summary>When that was, as a date with time and zone; kept and shown.</summary>
    public string? LastReadTimestamp { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    /// <exception cref="TwilioException">50441 for another sender.</exception>
    internal void ApplyTo(ConversationParticipant participant)
    {
        if (!string.IsNullOrEmpty(MessagingBindingProxyAddress)
            && SenderAddress.Parse(MessagingBindingProxyAddress)?.Value != participant.ProxyAddress)
            throw new TwilioException(MessagingError.ProxyAddressIsFixed.ToApiError());
        participant.Identity = string.IsNullOrEmpty(Identity) ? participant.Identity : Identity;
        participant.Attributes = Attributes.OrKeepAttributes(participant.Attributes);
        participant.RoleSid = RoleSid.OrKeepSid(participant.RoleSid);
        if (LastReadMessageIndex is not null)
            participant.LastReadMessageIndex = long.Parse(LastReadMessageIndex, CultureInfo.InvariantCulture);
        participant.LastReadTimestamp = LastReadTimestamp.OrKeepNullable(participant.LastReadTimestamp);
    }
}

/// <summary>The rules for a new participant.</summary>
internal sealed class CreateParticipantRules : AbstractValidator<CreateParticipantForm>
{
    public CreateParticipantRules()
    {
        this.AddDates();
        RuleFor(form => form.Identity)
            .Must((form, identity) => !string.IsNullOrEmpty(identity)
                || !string.IsNullOrEmpty(form.MessagingBindingAddress)
                || !string.IsNullOrEmpty(form.MessagingBindingProxyAddress))
            .ToApiError(_ => "Identity, or MessagingBinding.Address and MessagingBinding.ProxyAddress, must be given");
        RuleFor(form => form.Identity)
            .Must((form, identity) => string.IsNullOrEmpty(identity)
                || (string.IsNullOrEmpty(form.MessagingBindingAddress)
                    && string.IsNullOrEmpty(form.MessagingBindingProxyAddress)))
            .ToApiError(_ => "Identity and MessagingBinding cannot be given together");
        RuleFor(form => form.MessagingBindingAddress)
            .Must((form, address) => !string.IsNullOrEmpty(address)
                || string.IsNullOrEmpty(form.MessagingBindingProxyAddress))
            .ToApiError(MessagingError.InvalidParticipantAddress);
        RuleFor(form => form.MessagingBindingProxyAddress)
            .Must((form, proxy) => !string.IsNullOrEmpty(proxy) || string.IsNullOrEmpty(form.MessagingBindingAddress))
            .ToApiError(MessagingError.InvalidProxyAddress);
        RuleFor(form => form.Identity)
            .AtMost(nameof(CreateParticipantForm.Identity), ConversationParticipant.MaxIdentityLength);
        RuleFor(form => form.Attributes).Attributes();
        RuleFor(form => form.RoleSid).SidOf(nameof(CreateParticipantForm.RoleSid), SidPrefix.Role);
    }
}

/// <summary>The rules for a change of a participant.</summary>
internal sealed class UpdateParticipantRules : AbstractValidator<UpdateParticipantForm>
{
    public UpdateParticipantRules()
    {
        this.AddDates();
        RuleFor(form => form.Identity)
            .AtMost(nameof(UpdateParticipantForm.Identity), ConversationParticipant.MaxIdentityLength);
        RuleFor(form => form.Attributes).Attributes();
        RuleFor(form => form.RoleSid).SidOf(nameof(UpdateParticipantForm.RoleSid), SidPrefix.Role);
        RuleFor(form => form.LastReadMessageIndex).WholeNumber();
        RuleFor(form => form.LastReadMessageIndex)
            .Between(0, int.MaxValue,
                MessagingError.BadParameter with { Text = "LastReadMessageIndex must not be negative" });
        RuleFor(form => form.LastReadTimestamp).Date(nameof(UpdateParticipantForm.LastReadTimestamp));
    }
}
