using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The parameters with which a short code is changed; all are optional. Absent keeps, empty clears. Source:
/// https://www.twilio.com/docs/messaging/api/short-code-resource.
/// </summary>
internal sealed record UpdateShortCodeForm
{
    /// <summary>A name for people, at most 64 characters; the digits when empty.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>The API version that its webhooks speak: <c>2010-04-01</c> (default) or <c>2008-08-01</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>
    /// SID of an application (AP) of the account; any other is refused. It has no effect: short codes have their own
    /// settings only.
    /// </summary>
    public string? SmsApplicationSid { get; init; }

    /// <summary>The webhook for messages that come in.</summary>
    public string? SmsUrl { get; init; }

    /// <summary>The HTTP method of the webhook for messages: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? SmsMethod { get; init; }

    /// <summary>The URL that the server calls when the webhook for messages fails.</summary>
    public string? SmsFallbackUrl { get; init; }

    /// <summary>The HTTP method of the fallback URL for messages: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? SmsFallbackMethod { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    /// <exception cref="TwilioException">21406.</exception>
    public void ApplyTo(ShortCode shortCode)
    {
        ShortCodeSettings.All.Apply(this, shortCode);
        NumberRules.CheckFallback(
            (SmsUrl ?? SmsFallbackUrl) is not null, shortCode.SmsFallbackUrl, shortCode.SmsUrl);
    }
}

/// <summary>The settings of a short code, one line each, in the order of the rules.</summary>
internal static class ShortCodeSettings
{
    public static readonly SettingTable<UpdateShortCodeForm, ShortCode> All =
        new SettingTable<UpdateShortCodeForm, ShortCode>(
            MessagingError.InvalidNumberUrl, MessagingError.InvalidNumberMethod)
        .Add(
            form => form.FriendlyName, (rule, _) => rule.NumberName(),
            (shortCode, name) => shortCode.FriendlyName = name is "" ? shortCode.Code : name ?? shortCode.FriendlyName)
        .Add(form => form.ApiVersion, code => code.ApiVersion, (rule, _) => rule.WebhookVersion(), FormValue.OrKeep)
        .Url(form => form.SmsUrl, shortCode => shortCode.SmsUrl)
        .Method(form => form.SmsMethod, shortCode => shortCode.SmsMethod)
        .Url(form => form.SmsFallbackUrl, shortCode => shortCode.SmsFallbackUrl)
        .Method(form => form.SmsFallbackMethod, shortCode => shortCode.SmsFallbackMethod);
}

/// <summary>The rules for a change of a short code.</summary>
internal sealed class UpdateShortCodeRules : AbstractValidator<UpdateShortCodeForm>
{
    public UpdateShortCodeRules()
    {
        Include(ShortCodeSettings.All.Rules);
        RuleFor(form => form.SmsApplicationSid).SmsApplication();
    }
}

/// <summary>Filters the list of short codes.</summary>
internal sealed record ShortCodeFilter
{
    /// <summary>The exact name.</summary>
    [FromQuery(Name = "FriendlyName")]
    public string? FriendlyName { get; init; }

    /// <summary>Digits that the short code contains, <c>*</c> for any digit.</summary>
    [FromQuery(Name = "ShortCode")]
    public string? ShortCode { get; init; }

    public IQueryable<ShortCode> Apply(IQueryable<ShortCode> shortCodes)
    {
        if (!string.IsNullOrEmpty(ShortCode))
        {
            var pattern = NumberPattern.Like(ShortCode);
            shortCodes = pattern is null
                ? shortCodes.Where(_ => false)
                : shortCodes.Where(shortCode => EF.Functions.Like(shortCode.Code, pattern));
        }

        return string.IsNullOrEmpty(FriendlyName) ? shortCodes
            : shortCodes.Where(shortCode => shortCode.FriendlyName == FriendlyName);
    }
}
