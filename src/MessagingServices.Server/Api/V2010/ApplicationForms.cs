using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The settings of an application. Absent keeps, empty clears. Settings of calls are only stored and shown. Source:
/// https://www.twilio.com/docs/usage/api/applications.
/// </summary>
internal abstract record ApplicationForm
{
    /// <summary>A name for people, at most 64 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>The API version that its webhooks speak: <c>2010-04-01</c> (default) or <c>2008-08-01</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The webhook for messages to the phone numbers that refer to the application.</summary>
    public string? SmsUrl { get; init; }

    /// <summary>The HTTP method of the webhook for messages: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? SmsMethod { get; init; }

    /// <summary>The URL that the server calls when the webhook for messages fails.</summary>
    public string? SmsFallbackUrl { get; init; }

    /// <summary>The HTTP method of the fallback URL for messages: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? SmsFallbackMethod { get; init; }

    /// <summary>The older name of <c>MessageStatusCallback</c>, which wins.</summary>
    public string? SmsStatusCallback { get; init; }

    /// <summary>The URL of status callbacks of messages with this <c>ApplicationSid</c>.</summary>
    public string? MessageStatusCallback { get; init; }

    /// <summary>The webhook for the status of calls.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>The HTTP method of the webhook for the status of calls: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? StatusCallbackMethod { get; init; }

    /// <summary>The webhook for calls.</summary>
    public string? VoiceUrl { get; init; }

    /// <summary>The HTTP method of the webhook for calls: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? VoiceMethod { get; init; }

    /// <summary>The fallback URL of the webhook for calls.</summary>
    public string? VoiceFallbackUrl { get; init; }

    /// <summary>The HTTP method of the fallback URL for calls: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? VoiceFallbackMethod { get; init; }

    /// <summary>Whether callers' names are looked up; false by default.</summary>
    public string? VoiceCallerIdLookup { get; init; }

    /// <summary>Whether other accounts may call it; false by default.</summary>
    public string? PublicApplicationConnectEnabled { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    public void ApplyTo(Application application) => ApplicationSettings.All.Apply(this, application);
}

/// <summary>The settings with which an application is created; all are optional.</summary>
internal sealed record CreateApplicationForm : ApplicationForm;

/// <summary>The settings with which an application is changed; all are optional.</summary>
internal sealed record UpdateApplicationForm : ApplicationForm;

/// <summary>The settings of an application, one line each, in the order of the rules.</summary>
internal static class ApplicationSettings
{
    public static readonly SettingTable<ApplicationForm, Application> All =
        new SettingTable<ApplicationForm, Application>(
            MessagingError.InvalidNumberUrl, MessagingError.InvalidNumberMethod)
        .Add(
            form => form.FriendlyName, application => application.FriendlyName, (rule, _) => rule.NumberName(),
            (field, present) => field ?? present)
        .Add(form => form.ApiVersion, application => application.ApiVersion,
            (rule, _) => rule.WebhookVersion(), FormValue.OrKeep)
        .Url(form => form.SmsUrl, application => application.SmsUrl)
        .Method(form => form.SmsMethod, application => application.SmsMethod)
        .Url(form => form.SmsFallbackUrl, application => application.SmsFallbackUrl)
        .Method(form => form.SmsFallbackMethod, application => application.SmsFallbackMethod)
        .Url(form => form.SmsStatusCallback, application => application.SmsStatusCallback)
        .Url(form => form.MessageStatusCallback, application => application.MessageStatusCallback)
        .Url(form => form.StatusCallback, application => application.StatusCallback)
        .Method(form => form.StatusCallbackMethod, application => application.StatusCallbackMethod)
        .Url(form => form.VoiceUrl, application => application.VoiceUrl)
        .Method(form => form.VoiceMethod, application => application.VoiceMethod)
        .Url(form => form.VoiceFallbackUrl, application => application.VoiceFallbackUrl)
        .Method(form => form.VoiceFallbackMethod, application => application.VoiceFallbackMethod)
        .Boolean(form => form.VoiceCallerIdLookup, application => application.VoiceCallerIdLookup)
        .Boolean(
            form => form.PublicApplicationConnectEnabled,
            application => application.PublicApplicationConnectEnabled);
}

/// <summary>The rules for a new application.</summary>
internal sealed class CreateApplicationRules : AbstractValidator<CreateApplicationForm>
{
    public CreateApplicationRules() => Include(ApplicationSettings.All.Rules);
}

/// <summary>The rules for a change of an application.</summary>
internal sealed class UpdateApplicationRules : AbstractValidator<UpdateApplicationForm>
{
    public UpdateApplicationRules() => Include(ApplicationSettings.All.Rules);
}

/// <summary>Filters the list of applications.</summary>
internal sealed record ApplicationFilter
{
    /// <summary>The exact name.</summary>
    [FromQuery(Name = "FriendlyName")]
    public string? FriendlyName { get; init; }

    public IQueryable<Application> Apply(IQueryable<Application> applications) =>
        string.IsNullOrEmpty(FriendlyName) ? applications
            : applications.Where(application => application.FriendlyName == FriendlyName);
}
