using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>What holds for the settings of a phone number, whether it is provisioned or changed.</summary>
internal abstract class PhoneNumberRules<TForm> : AbstractValidator<TForm> where TForm : PhoneNumberForm
{
    /// <summary>Adds the rules; those of the number itself come before them.</summary>
    protected void AddSettings()
    {
        RuleFor(form => form.ApiVersion).Must(version => string.IsNullOrEmpty(version) || version is "2010-04-01" or "2008-08-01")
            .ToApiError(value => $"ApiVersion must be 2010-04-01 or 2008-08-01, not '{value}'");
        RuleFor(form => form.FriendlyName).Must(name => name is null || name.Length <= PhoneNumber.MaxFriendlyNameLength)
            .ToApiError(MessagingError.InvalidFriendlyName);
        RuleFor(form => form.SmsApplicationSid).SidOf(nameof(PhoneNumberForm.SmsApplicationSid), "AP");
        RuleFor(form => form.SmsFallbackMethod).HttpMethod(nameof(PhoneNumberForm.SmsFallbackMethod));
        RuleFor(form => form.SmsFallbackUrl).Url(nameof(PhoneNumberForm.SmsFallbackUrl));
        RuleFor(form => form.SmsMethod).HttpMethod(nameof(PhoneNumberForm.SmsMethod));
        RuleFor(form => form.SmsUrl).Url(nameof(PhoneNumberForm.SmsUrl));
        RuleFor(form => form.StatusCallback).Url(nameof(PhoneNumberForm.StatusCallback));
        RuleFor(form => form.StatusCallbackMethod).HttpMethod(nameof(PhoneNumberForm.StatusCallbackMethod));
        RuleFor(form => form.VoiceApplicationSid).SidOf(nameof(PhoneNumberForm.VoiceApplicationSid), "AP");
        RuleFor(form => form.VoiceCallerIdLookup).Boolean(nameof(PhoneNumberForm.VoiceCallerIdLookup));
        RuleFor(form => form.VoiceFallbackMethod).HttpMethod(nameof(PhoneNumberForm.VoiceFallbackMethod));
        RuleFor(form => form.VoiceFallbackUrl).Url(nameof(PhoneNumberForm.VoiceFallbackUrl));
        RuleFor(form => form.VoiceMethod).HttpMethod(nameof(PhoneNumberForm.VoiceMethod));
        RuleFor(form => form.VoiceUrl).Url(nameof(PhoneNumberForm.VoiceUrl));
        RuleFor(form => form.EmergencyStatus).OneOf("Active", "Inactive")
            .ToApiError(value => $"EmergencyStatus must be Active or Inactive, not '{value}'");
        RuleFor(form => form.EmergencyAddressSid).SidOf(nameof(PhoneNumberForm.EmergencyAddressSid), "AD");
        RuleFor(form => form.TrunkSid).SidOf(nameof(PhoneNumberForm.TrunkSid), "TK");
        RuleFor(form => form.IdentitySid).SidOf(nameof(PhoneNumberForm.IdentitySid), "RI");
        RuleFor(form => form.AddressSid).SidOf(nameof(PhoneNumberForm.AddressSid), "AD");
        RuleFor(form => form.VoiceReceiveMode).OneOf("voice", "fax").ToApiError(value => $"VoiceReceiveMode must be voice or fax, not '{value}'");
        RuleFor(form => form.BundleSid).SidOf(nameof(PhoneNumberForm.BundleSid), "BU");
    }
}

/// <summary>A number or an area code, then the settings.</summary>
internal sealed class CreatePhoneNumberRules : PhoneNumberRules<CreatePhoneNumberForm>
{
    /// <summary>The rules.</summary>
    public CreatePhoneNumberRules()
    {
        RuleFor(form => form.PhoneNumber).Must((form, number) => !string.IsNullOrEmpty(number) || form.AreaCode is not null)
            .ToApiError(_ => "Missing required parameter PhoneNumber or AreaCode in the post body");
        AddSettings();
    }
}

/// <summary>The number, then the settings.</summary>
internal sealed class CreateTypedPhoneNumberRules : PhoneNumberRules<CreateTypedPhoneNumberForm>
{
    /// <summary>The rules.</summary>
    public CreateTypedPhoneNumberRules()
    {
        RuleFor(form => form.PhoneNumber).Required(nameof(CreateTypedPhoneNumberForm.PhoneNumber));
        AddSettings();
    }
}

/// <summary>The settings.</summary>
internal sealed class UpdatePhoneNumberRules : PhoneNumberRules<UpdatePhoneNumberForm>
{
    /// <summary>The rules.</summary>
    public UpdatePhoneNumberRules()
    {
        RuleFor(form => form.AccountSid).SidOf(nameof(UpdatePhoneNumberForm.AccountSid), SidPrefix.Account);
        AddSettings();
    }
}
