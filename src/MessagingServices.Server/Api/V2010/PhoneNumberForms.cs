using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The settings of a phone number that a caller may give. An absent setting keeps its value, or takes the default; an
/// empty one is cleared. Settings of calls are only stored and shown. Source:
/// https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource.
/// </summary>
internal abstract record PhoneNumberForm
{
    /// <summary>The API version that its webhooks speak: <c>2010-04-01</c> (default) or <c>2008-08-01</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>
    /// A name for people, at most 64 characters; the number as people write it when not given or empty.
    /// </summary>
    public string? FriendlyName { get; init; }

    /// <summary>
    /// SID of an application (AP) of the account. Its settings for messages replace those of the number.
    /// </summary>
    public string? SmsApplicationSid { get; init; }

    /// <summary>The HTTP method of the fallback URL for messages: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? SmsFallbackMethod { get; init; }

    /// <summary>The URL that the server calls when the webhook for messages fails.</summary>
    public string? SmsFallbackUrl { get; init; }

    /// <summary>The HTTP method of the webhook for messages: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? SmsMethod { get; init; }

    /// <summary>The webhook for messages that come in.</summary>
    public string? SmsUrl { get; init; }

    /// <summary>Webhook for the status of calls.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>The HTTP method of the webhook for the status of calls: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? StatusCallbackMethod { get; init; }

    /// <summary>SID of an application (AP) for calls; takes the trunk away.</summary>
    public string? VoiceApplicationSid { get; init; }

    /// <summary>Whether callers' names are looked up; false by default.</summary>
    public string? VoiceCallerIdLookup { get; init; }

    /// <summary>The HTTP method of the fallback URL for calls: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? VoiceFallbackMethod { get; init; }

    /// <summary>The fallback URL of the webhook for calls.</summary>
    public string? VoiceFallbackUrl { get; init; }

    /// <summary>The HTTP method of the webhook for calls: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? VoiceMethod { get; init; }

    /// <summary>The webhook for calls.</summary>
    public string? VoiceUrl { get; init; }

    /// <summary>Whether emergency calls are enabled: <c>Active</c> (default) or <c>Inactive</c>.</summary>
    public string? EmergencyStatus { get; init; }

    /// <summary>SID of an address (AD) for emergency calls.</summary>
    public string? EmergencyAddressSid { get; init; }

    /// <summary>SID of a trunk (TK); takes the voice application away.</summary>
    public string? TrunkSid { get; init; }

    /// <summary>SID of an identity (RI).</summary>
    public string? IdentitySid { get; init; }

    /// <summary>SID of an address (AD).</summary>
    public string? AddressSid { get; init; }

    /// <summary>The kind of calls that the number takes: <c>voice</c> (default) or <c>fax</c>.</summary>
    public string? VoiceReceiveMode { get; init; }

    /// <summary>SID of a regulatory bundle (BU).</summary>
    public string? BundleSid { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    public void ApplyTo(PhoneNumber number)
    {
        PhoneNumberSettings.All.Apply(this, number);
        NumberRules.CheckFallback(
            (SmsUrl ?? SmsFallbackUrl) is not null, number.SmsFallbackUrl, number.SmsUrl);

        // Calls go to a trunk or to an application. The one that is set removes the other; of both at once, the trunk
        // stays.
        if (!string.IsNullOrEmpty(TrunkSid)) number.VoiceApplicationSid = null;
        else if (!string.IsNullOrEmpty(VoiceApplicationSid)) number.TrunkSid = null;
    }
}

/// <summary>The settings of a phone number, one line each, in the order of the rules.</summary>
internal static class PhoneNumberSettings
{
    public static readonly SettingTable<PhoneNumberForm, PhoneNumber> All =
        new SettingTable<PhoneNumberForm, PhoneNumber>(
            MessagingError.InvalidNumberUrl, MessagingError.InvalidNumberMethod)
        .Add(form => form.ApiVersion, number => number.ApiVersion, (rule, _) => rule.WebhookVersion(), FormValue.OrKeep)
        .Add(
            form => form.FriendlyName, (rule, _) => rule.NumberName(),
            (number, name) => number.FriendlyName =
                name is "" ? number.DefaultFriendlyName() : name ?? number.FriendlyName)
        .Add(
            form => form.SmsApplicationSid, number => number.SmsApplicationSid,
            (rule, _) => rule.SmsApplication(),
            FormValue.OrKeepNullable)
        .Method(form => form.SmsFallbackMethod, number => number.SmsFallbackMethod)
        .Url(form => form.SmsFallbackUrl, number => number.SmsFallbackUrl)
        .Method(form => form.SmsMethod, number => number.SmsMethod)
        .Url(form => form.SmsUrl, number => number.SmsUrl)
        .Url(form => form.StatusCallback, number => number.StatusCallback)
        .Method(form => form.StatusCallbackMethod, number => number.StatusCallbackMethod)
        .SidOf("AP", form => form.VoiceApplicationSid, number => number.VoiceApplicationSid)
        .Boolean(form => form.VoiceCallerIdLookup, number => number.VoiceCallerIdLookup)
        .Method(form => form.VoiceFallbackMethod, number => number.VoiceFallbackMethod)
        .Url(form => form.VoiceFallbackUrl, number => number.VoiceFallbackUrl)
        .Method(form => form.VoiceMethod, number => number.VoiceMethod)
        .Url(form => form.VoiceUrl, number => number.VoiceUrl)
        .Add(
            form => form.EmergencyStatus, number => number.EmergencyStatus,
            (rule, _) => rule.OneOf("Active", "Inactive")
                .ToApiError(value => $"EmergencyStatus must be Active or Inactive, not '{value}'"),
            (field, present) => field is null ? present
                : field.Equals("Active", StringComparison.OrdinalIgnoreCase) ? "Active" : "Inactive")
        .SidOf("AD", form => form.EmergencyAddressSid, number => number.EmergencyAddressSid)
        .SidOf("TK", form => form.TrunkSid, number => number.TrunkSid)
        .SidOf("RI", form => form.IdentitySid, number => number.IdentitySid)
        .SidOf("AD", form => form.AddressSid, number => number.AddressSid)
        .Add(
            form => form.VoiceReceiveMode, number => number.VoiceReceiveMode,
            (rule, _) => rule.OneOf("voice", "fax")
                .ToApiError(value => $"VoiceReceiveMode must be voice or fax, not '{value}'"),
            (field, present) => field.OrKeep(present).ToLowerInvariant())
        .SidOf("BU", form => form.BundleSid, number => number.BundleSid);
}

/// <summary>The parameters with which a phone number is provisioned: the number, or an area code.</summary>
internal sealed record CreatePhoneNumberForm : PhoneNumberForm
{
    /// <summary>The number in E.164. This or <c>AreaCode</c> is required.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Three digits of the US or Canada: a free number of that area code.</summary>
    [Shape(Pattern = "^[0-9]{3}$")]
    public string? AreaCode { get; init; }

    /// <summary>The number that the form asks for.</summary>
    public NewPhoneNumber ToNewPhoneNumber(Sid account) =>
        new(account, ApplyTo)
        {
            Number = PhoneNumber, AreaCode = AreaCode, SmsApplicationSid = SmsApplicationSid,
        };
}

/// <summary>The parameters with which a local, mobile or toll-free number is provisioned.</summary>
internal sealed record CreateTypedPhoneNumberForm : PhoneNumberForm
{
    /// <summary>The number in E.164. Required.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>The number that the form asks for.</summary>
    public NewPhoneNumber ToNewPhoneNumber(Sid account, PhoneNumberType type) =>
        new(account, ApplyTo) { Number = PhoneNumber, Type = type, SmsApplicationSid = SmsApplicationSid };
}

/// <summary>The parameters with which a phone number is changed; all are optional.</summary>
internal sealed record UpdatePhoneNumberForm : PhoneNumberForm
{
    /// <summary>Another account. Only the account that owns the number is accepted: numbers do not move.</summary>
    public string? AccountSid { get; init; }
}

/// <summary>The rules for a number, or an area code, and the settings.</summary>
internal sealed class CreatePhoneNumberRules : AbstractValidator<CreatePhoneNumberForm>
{
    public CreatePhoneNumberRules()
    {
        RuleFor(form => form.PhoneNumber)
            .Must((form, number) => !string.IsNullOrEmpty(number) || form.AreaCode is not null)
            .ToApiError(_ => "Missing required parameter PhoneNumber or AreaCode in the post body");
        Include(PhoneNumberSettings.All.Rules);
    }
}

/// <summary>The rules for a number of a type.</summary>
internal sealed class CreateTypedPhoneNumberRules : AbstractValidator<CreateTypedPhoneNumberForm>
{
    public CreateTypedPhoneNumberRules()
    {
        RuleFor(form => form.PhoneNumber).Required(nameof(CreateTypedPhoneNumberForm.PhoneNumber));
        Include(PhoneNumberSettings.All.Rules);
    }
}

/// <summary>The rules for a change of a phone number.</summary>
internal sealed class UpdatePhoneNumberRules : AbstractValidator<UpdatePhoneNumberForm>
{
    public UpdatePhoneNumberRules()
    {
        RuleFor(form => form.AccountSid).SidOf(nameof(UpdatePhoneNumberForm.AccountSid), SidPrefix.Account);
        Include(PhoneNumberSettings.All.Rules);
    }
}

/// <summary>Filters the list of phone numbers.</summary>
internal sealed record PhoneNumberFilter
{
    /// <summary>
    /// Digits that the number contains, <c>*</c> for any digit; behind a <c>+</c>, digits that it begins with.
    /// Characters that people write between digits are ignored.
    /// </summary>
    [FromQuery(Name = "PhoneNumber")]
    public string? PhoneNumber { get; init; }

    /// <summary>The exact name.</summary>
    [FromQuery(Name = "FriendlyName")]
    public string? FriendlyName { get; init; }

    /// <summary>Whether numbers new to Twilio's platform are listed too; no number is.</summary>
    [FromQuery(Name = "Beta")]
    [Shape(Type = FieldType.Boolean)]
    public string? Beta { get; init; }

    /// <summary>The origin of the numbers: <c>twilio</c> (every number) or <c>hosted</c> (none).</summary>
    [FromQuery(Name = "Origin")]
    [Shape(Words = ["twilio", "hosted"])]
    public string? Origin { get; init; }

    /// <exception cref="TwilioException">20001 for an unreadable <c>Beta</c> or <c>Origin</c>.</exception>
    public IQueryable<PhoneNumber> Apply(IQueryable<PhoneNumber> numbers)
    {
        if (!string.IsNullOrEmpty(PhoneNumber))
        {
            var pattern = NumberPattern.Like(PhoneNumber);
            numbers = pattern is null ? numbers.Where(_ => false)
                : numbers.Where(number => EF.Functions.Like(number.Number, pattern));
        }

        if (!string.IsNullOrEmpty(FriendlyName)) numbers = numbers.Where(number => number.FriendlyName == FriendlyName);
        if (Beta is not null && !bool.TryParse(Beta, out _))
            throw new TwilioException(
                MessagingError.BadParameter.ToApiError($"Beta must be true or false, not '{Beta}'"));
        return Origin?.ToLowerInvariant() switch
        {
            null or "" or "twilio" => numbers,
            "hosted" => numbers.Where(_ => false),
            _ => throw new TwilioException(
                MessagingError.BadParameter.ToApiError($"Origin must be twilio or hosted, not '{Origin}'")),
        };
    }
}
