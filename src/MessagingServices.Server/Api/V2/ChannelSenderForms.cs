using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2;

/// <summary>
/// What is kept with a channel sender. A member that is absent or null stays as it is, also within the objects; an empty text clears.
/// Nothing of it changes how messages are sent.
/// </summary>
internal abstract record ChannelSenderForm
{
    /// <summary>How it is set up.</summary>
    public ChannelSenderConfiguration? Configuration { get; init; }

    /// <summary>Its webhooks.</summary>
    public ChannelSenderWebhook? Webhook { get; init; }

    /// <summary>What recipients see of it.</summary>
    public ChannelSenderProfile? Profile { get; init; }

    /// <summary>Takes the form over; it was checked.</summary>
    public virtual void ApplyTo(ChannelSender sender)
    {
        sender.Configuration = Configuration.OrKeep(sender.Configuration);
        sender.Webhook = Webhook.OrKeep(sender.Webhook);
        sender.Profile = Profile.OrKeep(sender.Profile);
    }
}

/// <summary>With what a channel sender is created. Source: https://www.twilio.com/docs/whatsapp/api/senders#create-a-whatsapp-sender.</summary>
internal sealed record CreateChannelSenderForm : ChannelSenderForm
{
    /// <summary><c>whatsapp:</c> and a number in E.164, or <c>rcs:</c> and the agent's name (at most 64 letters, digits and <c>_-.@</c>). Required.</summary>
    public string? SenderId { get; init; }

    /// <summary>What messages come from; the shape was checked.</summary>
    internal ChannelAddress ToAddress() => ChannelAddress.TryParse(SenderId, out var address)
        ? address
        : throw new InvalidOperationException("The form was not checked.");
}

/// <summary>How a channel sender is changed; all is optional.</summary>
internal sealed record UpdateChannelSenderForm : ChannelSenderForm
{
    /// <summary>The compliance of an RCS sender; a WhatsApp sender has none.</summary>
    public ChannelSenderComplianceForm? Compliance { get; init; }

    /// <inheritdoc/>
    /// <exception cref="TwilioException">63100 for the compliance of a WhatsApp sender.</exception>
    public override void ApplyTo(ChannelSender sender)
    {
        if (Compliance is not null && sender.Channel != Channel.Rcs)
            throw new TwilioException(MessagingError.InvalidChannelSender.ToApiError("compliance is of RCS senders only"));
        base.ApplyTo(sender);
        sender.ComplianceRegistrationSid = (Compliance?.RegistrationSid).OrKeepNullable(sender.ComplianceRegistrationSid);
    }
}

/// <summary>Which channel senders to list.</summary>
internal sealed record ListChannelSendersForm
{
    /// <summary><c>whatsapp</c> or <c>rcs</c>. Required.</summary>
    public string? Channel { get; init; }

    /// <summary>The channel; the word was checked.</summary>
    internal Channel ToChannel() => "rcs".Equals(Channel, StringComparison.OrdinalIgnoreCase) ? Domain.Senders.Channel.Rcs : Domain.Senders.Channel.WhatsApp;
}

/// <summary>JSON that cannot be read is refused with 63100.</summary>
internal sealed class ChannelSenderBinder() : JsonBinder(MessagingError.InvalidChannelSender);
