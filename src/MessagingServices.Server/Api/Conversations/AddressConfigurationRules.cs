using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>What holds for the settings of an address configuration, whether it is created or changed.</summary>
internal abstract class AddressConfigurationRules<TForm> : AbstractValidator<TForm> where TForm : AddressConfigurationForm
{
    private const int MaxRetries = 3;

    /// <summary>The rules.</summary>
    protected AddressConfigurationRules()
    {
        RuleFor(form => form.FriendlyName).AtMost(nameof(AddressConfigurationForm.FriendlyName), AddressConfiguration.MaxFriendlyNameLength);
        RuleFor(form => form.AutoCreationEnabled).Boolean("AutoCreation.Enabled");
        RuleFor(form => form.AutoCreationType).OneOf(EnumNames<AutoCreationType>.All)
            .ToApiError(value => $"AutoCreation.Type must be webhook, studio or default, not '{value}'");
        RuleFor(form => form.AutoCreationConversationServiceSid).SidOf("AutoCreation.ConversationServiceSid", SidPrefix.ChatService);
        RuleFor(form => form.AutoCreationWebhookUrl).Url("AutoCreation.WebhookUrl");
        RuleFor(form => form.AutoCreationWebhookMethod).HttpMethod("AutoCreation.WebhookMethod");
        RuleFor(form => form.AutoCreationWebhookFilters).Events("AutoCreation.WebhookFilters");
        RuleFor(form => form.AutoCreationStudioFlowSid).SidOf("AutoCreation.StudioFlowSid", SidPrefix.StudioFlow);
        RuleFor(form => form.AutoCreationStudioRetryCount).WholeNumber();
        RuleFor(form => form.AutoCreationStudioRetryCount)
            .Between(0, MaxRetries, MessagingError.BadParameter with { Text = "AutoCreation.StudioRetryCount must be 0 to 3" });
    }
}

/// <summary>The rules for a new configuration.</summary>
internal sealed class CreateAddressConfigurationRules : AddressConfigurationRules<CreateAddressConfigurationForm>
{
    /// <summary>The rules.</summary>
    public CreateAddressConfigurationRules()
    {
        RuleFor(form => form.Type).Required(nameof(CreateAddressConfigurationForm.Type));
        RuleFor(form => form.Type).OneOf(EnumNames<AddressType>.All).ToApiError(value => $"Type must be sms, whatsapp or rcs, not '{value}'");
        RuleFor(form => form.Address).Required(nameof(CreateAddressConfigurationForm.Address));
        RuleFor(form => form.Address).Must((form, _) => form.ToAddress() is not null).ToApiError(value => $"Address '{value}' is no address of its Type");
        RuleFor(form => form.AddressCountry).Country(nameof(CreateAddressConfigurationForm.AddressCountry));
        RuleFor(form => form.AutoCreationWebhookUrl)
            .Must((form, url) => !string.IsNullOrEmpty(url) || !string.Equals(form.AutoCreationType, "webhook", StringComparison.OrdinalIgnoreCase))
            .ToApiError(_ => "AutoCreation.WebhookUrl is required for the type webhook");
    }
}

/// <summary>The rules for a change.</summary>
internal sealed class UpdateAddressConfigurationRules : AddressConfigurationRules<UpdateAddressConfigurationForm>;

/// <summary>Which address configurations are listed.</summary>
internal sealed record AddressConfigurationFilter
{
    /// <summary><c>sms</c>, <c>whatsapp</c> or <c>rcs</c>; those of Twilio's other types are none.</summary>
    [Microsoft.AspNetCore.Mvc.FromQuery(Name = "Type")]
    public string? Type { get; init; }

    /// <summary>Filters.</summary>
    public IQueryable<AddressConfiguration> Apply(IQueryable<AddressConfiguration> configurations)
    {
        if (string.IsNullOrEmpty(Type)) return configurations;
        return EnumNames<AddressType>.TryParse(Type.ToLowerInvariant(), out var type)
            ? configurations.Where(configuration => configuration.Type == type)
            : configurations.Where(_ => false);
    }
}
