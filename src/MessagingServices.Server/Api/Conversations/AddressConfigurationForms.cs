using System.Globalization;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>The settings of an address configuration that a caller may give. Absent keeps, or takes the default; empty clears.</summary>
internal abstract record AddressConfigurationForm
{
    /// <summary>A name for people, at most 256 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Whether a message that belongs to no conversation begins one; false by default.</summary>
    [FromForm(Name = "AutoCreation.Enabled")]
    public string? AutoCreationEnabled { get; init; }

    /// <summary><c>webhook</c>, <c>studio</c> (kept and shown: there are no flows) or <c>default</c> (default).</summary>
    [FromForm(Name = "AutoCreation.Type")]
    public string? AutoCreationType { get; init; }

    /// <summary>The account's own conversation service; there is no other.</summary>
    [FromForm(Name = "AutoCreation.ConversationServiceSid")]
    public string? AutoCreationConversationServiceSid { get; init; }

    /// <summary>Whom the type webhook tells; required for it.</summary>
    [FromForm(Name = "AutoCreation.WebhookUrl")]
    public string? AutoCreationWebhookUrl { get; init; }

    /// <summary><c>get</c> or <c>post</c>; <c>post</c> by default.</summary>
    [FromForm(Name = "AutoCreation.WebhookMethod")]
    public string? AutoCreationWebhookMethod { get; init; }

    /// <summary>An event that the webhook tells of, such as <c>onMessageAdded</c>; repeated for more.</summary>
    [FromForm(Name = "AutoCreation.WebhookFilters")]
    public string[]? AutoCreationWebhookFilters { get; init; }

    /// <summary>The flow (prefix FW) of the type studio; kept and shown.</summary>
    [FromForm(Name = "AutoCreation.StudioFlowSid")]
    public string? AutoCreationStudioFlowSid { get; init; }

    /// <summary>How often that flow is tried again, 0 to 3; kept and shown.</summary>
    [FromForm(Name = "AutoCreation.StudioRetryCount")]
    public string? AutoCreationStudioRetryCount { get; init; }

    /// <summary>Takes the form over; it was checked.</summary>
    internal void ApplyTo(AddressConfiguration configuration)
    {
        configuration.FriendlyName = FriendlyName.OrKeepNullable(configuration.FriendlyName);
        configuration.AutoCreates = AutoCreationEnabled.OrKeep(configuration.AutoCreates);
        configuration.AutoCreationType = AutoCreationType.OrKeep(configuration.AutoCreationType);
        configuration.WebhookUrl = AutoCreationWebhookUrl.OrKeepNullable(configuration.WebhookUrl);
        configuration.WebhookMethod = AutoCreationWebhookMethod.OrKeepMethod(configuration.WebhookMethod);
        configuration.WebhookFilters = AutoCreationWebhookFilters.OrKeepEvents(configuration.WebhookFilters);
        configuration.StudioFlowSid = AutoCreationStudioFlowSid.OrKeepSid(configuration.StudioFlowSid);
        if (AutoCreationStudioRetryCount is not null)
            configuration.StudioRetryCount = int.Parse(AutoCreationStudioRetryCount, CultureInfo.InvariantCulture);
    }
}

/// <summary>The parameters with which an address is configured.</summary>
internal sealed record CreateAddressConfigurationForm : AddressConfigurationForm
{
    /// <summary><c>sms</c>, <c>whatsapp</c> or <c>rcs</c>, in any case. Required; the address's.</summary>
    public string? Type { get; init; }

    /// <summary>The address of a sender: E.164, a short code, or with <c>whatsapp:</c> or <c>rcs:</c>. Required; once in an account.</summary>
    public string? Address { get; init; }

    /// <summary>The two letters of a short code's country; kept and shown.</summary>
    public string? AddressCountry { get; init; }

    /// <summary>The network; null when it is none.</summary>
    internal AddressType? ToType() => Type is not null && EnumNames<AddressType>.TryParse(Type.ToLowerInvariant(), out var type) ? type : null;

    /// <summary>The address in its one form; null when it is none of the network.</summary>
    internal string? ToAddress()
    {
        if (ToType() is not { } type || string.IsNullOrEmpty(Address)) return null;
        var (channel, prefix) = type switch
        {
            AddressType.Sms => (Channel.Sms, ""),
            AddressType.Whatsapp => (Channel.WhatsApp, "whatsapp:"),
            AddressType.Rcs => (Channel.Rcs, "rcs:"),
        };
        var text = Address.Contains(':', StringComparison.Ordinal) ? Address : prefix + Address;
        return SenderAddress.Parse(text) is { } sender && sender.Channel == channel && sender.Type != SenderType.Alphanumeric ? sender.Value : null;
    }

    /// <summary>Sets up a new configuration; the form was checked.</summary>
    internal void Configure(AddressConfiguration configuration)
    {
        configuration.AddressCountry = AddressCountry.ToCountry();
        ApplyTo(configuration);
    }
}

/// <summary>The parameters with which an address configuration is changed; all are optional.</summary>
internal sealed record UpdateAddressConfigurationForm : AddressConfigurationForm;
