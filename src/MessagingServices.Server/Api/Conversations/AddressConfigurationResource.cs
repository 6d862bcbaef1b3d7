using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// An address configuration on the wire. Source:
/// https://www.twilio.com/docs/conversations/api/address-configuration-resource.
/// </summary>
internal sealed record AddressConfigurationResource
{
    /// <summary>SID with the prefix IG.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The network of the address.</summary>
    public required AddressType Type { get; init; }

    /// <summary>The sender's address.</summary>
    public required string Address { get; init; }

    /// <summary>A name for people.</summary>
    public required string? FriendlyName { get; init; }

    /// <summary>The country of a short code.</summary>
    public required string? AddressCountry { get; init; }

    /// <summary>The handling of messages that belong to no conversation.</summary>
    public required AutoCreationResource AutoCreation { get; init; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When a setting last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a configuration, its address on the host that the request came to.</summary>
    public static AddressConfigurationResource Of(AddressConfiguration configuration, HttpRequest request) => new()
    {
        Sid = configuration.Sid,
        AccountSid = configuration.AccountSid,
        Type = configuration.Type,
        Address = configuration.Address,
        FriendlyName = configuration.FriendlyName,
        AddressCountry = configuration.AddressCountry,
        AutoCreation = AutoCreationResource.Of(configuration),
        DateCreated = new(configuration.DateCreated),
        DateUpdated = new(configuration.DateUpdated),
        Url = request.AbsoluteUrl($"/v1/Configuration/Addresses/{configuration.Sid}"),
    };
}

/// <summary>The handling of messages that belong to no conversation. Members of other types are null.</summary>
internal sealed record AutoCreationResource
{
    /// <summary>Whether such a message begins a conversation.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The type of autocreation: <c>webhook</c>, <c>studio</c> or <c>default</c>.</summary>
    public required AutoCreationType Type { get; init; }

    /// <summary>The account's conversation service.</summary>
    public required Sid ConversationServiceSid { get; init; }

    /// <summary>The URL that the type webhook notifies.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>The HTTP method of the webhook: <c>GET</c> or <c>POST</c>.</summary>
    public string? WebhookMethod { get; init; }

    /// <summary>The events that the webhook notifies of.</summary>
    public IReadOnlyList<string>? WebhookFilters { get; init; }

    /// <summary>The flow of the type studio.</summary>
    public Sid? StudioFlowSid { get; init; }

    /// <summary>How often that flow is tried again.</summary>
    public int? StudioRetryCount { get; init; }

    internal static AutoCreationResource Of(AddressConfiguration configuration)
    {
        AutoCreationResource common = new()
        {
            Enabled = configuration.AutoCreates,
            Type = configuration.AutoCreationType,
            ConversationServiceSid = ChatService.Of(configuration.AccountSid),
        };
        return configuration.AutoCreationType switch
        {
            AutoCreationType.Webhook => common with
            {
                WebhookUrl = configuration.WebhookUrl,
                WebhookMethod = configuration.WebhookMethod,
                WebhookFilters = configuration.WebhookFilters,
            },
            AutoCreationType.Studio => common with
            {
                StudioFlowSid = configuration.StudioFlowSid,
                StudioRetryCount = configuration.StudioRetryCount,
            },
            AutoCreationType.Default => common,
        };
    }
}

/// <summary>
/// The settings of an address configuration that a caller may give. Absent keeps, or takes the default; empty clears.
/// </summary>
internal abstract record AddressConfigurationForm
{
    /// <summary>A name for people, at most 256 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Whether a message that belongs to no conversation begins a new one; false by default.</summary>
    [FromForm(Name = "AutoCreation.Enabled")]
    public string? AutoCreationEnabled { get; init; }

    /// <summary>
    /// <c>webhook</c>, <c>studio</c> (kept and shown: there are no flows) or <c>default</c> (default).
    /// </summary>
    [FromForm(Name = "AutoCreation.Type")]
    public string? AutoCreationType { get; init; }

    /// <summary>The account's own conversation service; there is no other.</summary>
    [FromForm(Name = "AutoCreation.ConversationServiceSid")]
    public string? AutoCreationConversationServiceSid { get; init; }

    /// <summary>The URL that the type webhook notifies; required for it.</summary>
    [FromForm(Name = "AutoCreation.WebhookUrl")]
    public string? AutoCreationWebhookUrl { get; init; }

    /// <summary>The HTTP method of the webhook: <c>get</c> or <c>post</c> (default).</summary>
    [FromForm(Name = "AutoCreation.WebhookMethod")]
    public string? AutoCreationWebhookMethod { get; init; }

    /// <summary>An event that the webhook notifies of, such as <c>onMessageAdded</c>; repeated for more.</summary>
    [FromForm(Name = "AutoCreation.WebhookFilters")]
    public string[]? AutoCreationWebhookFilters { get; init; }

    /// <summary>The flow (prefix FW) of the type studio; kept and shown.</summary>
    [FromForm(Name = "AutoCreation.StudioFlowSid")]
    public string? AutoCreationStudioFlowSid { get; init; }

    /// <summary>How often that flow is tried again, 0 to 3; kept and shown.</summary>
    [FromForm(Name = "AutoCreation.StudioRetryCount")]
    public string? AutoCreationStudioRetryCount { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
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
    /// <summary>
    /// The network of the address: <c>sms</c>, <c>whatsapp</c> or <c>rcs</c>, in upper or lower case. Required.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>
    /// The address of a sender: E.164, a short code, or with <c>whatsapp:</c> or <c>rcs:</c>. Required; once in an
    /// account.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>The two letters of a short code's country; kept and shown.</summary>
    public string? AddressCountry { get; init; }

    /// <summary>The network; null when it is none.</summary>
    internal AddressType? ToType() =>
        Type is not null && EnumNames<AddressType>.TryParse(Type.ToLowerInvariant(), out var type) ? type : null;

    /// <summary>The normalized address; null when it is not an address of the network.</summary>
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
        return SenderAddress.Parse(text) is { } sender && sender.Channel == channel
            && sender.Type != SenderType.Alphanumeric ? sender.Value : null;
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

/// <summary>The rules for the settings of an address configuration, whether it is created or changed.</summary>
internal abstract class AddressConfigurationRules<TForm> : AbstractValidator<TForm>
    where TForm : AddressConfigurationForm
{
    private const int MaxRetries = 3;

    protected AddressConfigurationRules()
    {
        RuleFor(form => form.FriendlyName)
            .AtMost(nameof(AddressConfigurationForm.FriendlyName), AddressConfiguration.MaxFriendlyNameLength);
        RuleFor(form => form.AutoCreationEnabled).Boolean("AutoCreation.Enabled");
        RuleFor(form => form.AutoCreationType).OneOf(EnumNames<AutoCreationType>.All)
            .ToApiError(value => $"AutoCreation.Type must be webhook, studio or default, not '{value}'");
        RuleFor(form => form.AutoCreationConversationServiceSid)
            .SidOf("AutoCreation.ConversationServiceSid", SidPrefix.ChatService);
        RuleFor(form => form.AutoCreationWebhookUrl).Url("AutoCreation.WebhookUrl");
        RuleFor(form => form.AutoCreationWebhookMethod).HttpMethod("AutoCreation.WebhookMethod");
        RuleFor(form => form.AutoCreationWebhookFilters).Events();
        RuleFor(form => form.AutoCreationStudioFlowSid).SidOf("AutoCreation.StudioFlowSid", SidPrefix.StudioFlow);
        RuleFor(form => form.AutoCreationStudioRetryCount).WholeNumber();
        RuleFor(form => form.AutoCreationStudioRetryCount)
            .Between(0, MaxRetries,
                MessagingError.BadParameter with { Text = "AutoCreation.StudioRetryCount must be 0 to 3" });
    }
}

/// <summary>The rules for a new configuration.</summary>
internal sealed class CreateAddressConfigurationRules : AddressConfigurationRules<CreateAddressConfigurationForm>
{
    public CreateAddressConfigurationRules()
    {
        RuleFor(form => form.Type).Required(nameof(CreateAddressConfigurationForm.Type));
        RuleFor(form => form.Type).OneOf(EnumNames<AddressType>.All)
            .ToApiError(value => $"Type must be sms, whatsapp or rcs, not '{value}'");
        RuleFor(form => form.Address).Required(nameof(CreateAddressConfigurationForm.Address));
        RuleFor(form => form.Address).Must((form, _) => form.ToAddress() is not null)
            .ToApiError(value => $"Address '{value}' is no address of its Type");
        RuleFor(form => form.AddressCountry).Country(nameof(CreateAddressConfigurationForm.AddressCountry));
        RuleFor(form => form.AutoCreationWebhookUrl)
            .Must((form, url) => !string.IsNullOrEmpty(url)
                || !string.Equals(form.AutoCreationType, "webhook", StringComparison.OrdinalIgnoreCase))
            .ToApiError(_ => "AutoCreation.WebhookUrl is required for the type webhook");
    }
}

/// <summary>The rules for a change.</summary>
internal sealed class UpdateAddressConfigurationRules : AddressConfigurationRules<UpdateAddressConfigurationForm>;

/// <summary>Filters the list of address configurations.</summary>
internal sealed record AddressConfigurationFilter
{
    /// <summary>The network: <c>sms</c>, <c>whatsapp</c> or <c>rcs</c>. Twilio's other types match nothing.</summary>
    [Microsoft.AspNetCore.Mvc.FromQuery(Name = "Type")]
    public string? Type { get; init; }

    public IQueryable<AddressConfiguration> Apply(IQueryable<AddressConfiguration> configurations)
    {
        if (string.IsNullOrEmpty(Type)) return configurations;
        return EnumNames<AddressType>.TryParse(Type.ToLowerInvariant(), out var type)
            ? configurations.Where(configuration => configuration.Type == type)
            : configurations.Where(_ => false);
    }
}
