using System.Diagnostics.CodeAnalysis;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// A Messaging Service on the wire. Source: https://www.twilio.com/docs/messaging/api/service-resource.
/// </summary>
[method: SetsRequiredMembers]
internal sealed class ServiceResource(MessagingService service, bool hasCampaign, string url)
{
    /// <summary>SID with the prefix MG.</summary>
    public required Sid Sid { get; init; } = service.Sid;

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; } = service.AccountSid;

    /// <summary>A name for people.</summary>
    public required string FriendlyName { get; init; } = service.FriendlyName;

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; } = new(service.DateCreated);

    /// <summary>When a setting last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; } = new(service.DateUpdated);

    /// <summary>The webhook for inbound messages; null when there is none.</summary>
    public required string? InboundRequestUrl { get; init; } = service.InboundRequestUrl;

    /// <summary>The HTTP method of the webhook: <c>GET</c> or <c>POST</c>.</summary>
    [Shape(Words = ["GET", "POST"])]
    public required string InboundMethod { get; init; } = service.InboundMethod;

    /// <summary>The URL that the server calls when the inbound webhook fails; null when there is none.</summary>
    public required string? FallbackUrl { get; init; } = service.FallbackUrl;

    /// <summary>The HTTP method of the fallback URL: <c>GET</c> or <c>POST</c>.</summary>
    [Shape(Words = ["GET", "POST"])]
    public required string FallbackMethod { get; init; } = service.FallbackMethod;

    /// <summary>The URL of status callbacks; null when there is none.</summary>
    public required string? StatusCallback { get; init; } = service.StatusCallback;

    /// <summary>Whether a recipient gets the same sender every time.</summary>
    public required bool StickySender { get; init; } = service.StickySender;

    /// <summary>Whether media become links where MMS does not arrive.</summary>
    public required bool MmsConverter { get; init; } = service.MmsConverter;

    /// <summary>Whether look-alike characters are replaced to stay in GSM-7.</summary>
    public required bool SmartEncoding { get; init; } = service.SmartEncoding;

    /// <summary>A switch that Twilio reserves: <c>inherit</c>, <c>enable</c> or <c>disable</c>.</summary>
    public required ScanMessageContent ScanMessageContent { get; init; } = service.ScanMessageContent;

    /// <summary>A switch that is obsolete at Twilio.</summary>
    public required bool FallbackToLongCode { get; init; } = service.FallbackToLongCode;

    /// <summary>Whether recipients of the US and Canada get a sender of their area code.</summary>
    public required bool AreaCodeGeomatch { get; init; } = service.AreaCodeGeomatch;

    /// <summary>How long a message may wait, in seconds.</summary>
    public required int ValidityPeriod { get; init; } = service.ValidityPeriod;

    /// <summary>Whether a message that no sender can carry is refused at once.</summary>
    public required bool SynchronousValidation { get; init; } = service.SynchronousValidation;

    /// <summary>The use case of the Messaging Service.</summary>
    public required Usecase Usecase { get; init; } = service.Usecase;

    /// <summary>Whether a US A2P campaign is registered and verified.</summary>
    public required bool UsAppToPersonRegistered { get; init; } = hasCampaign;

    /// <summary>Whether inbound messages go to the webhook of the number that received them.</summary>
    public required bool UseInboundWebhookOnNumber { get; init; } = service.UseInboundWebhookOnNumber;

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; } = url;

    /// <summary>The URLs of its subresources.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>
    {
        ["phone_numbers"] = $"{url}/PhoneNumbers",
        ["short_codes"] = $"{url}/ShortCodes",
        ["alpha_senders"] = $"{url}/AlphaSenders",
        ["messages"] = $"{url}/Messages",
        ["us_app_to_person"] = $"{url}/Compliance/Usa2p",
        ["us_app_to_person_usecases"] = $"{url}/Compliance/Usa2p/Usecases",
        ["channel_senders"] = $"{url}/ChannelSenders",
        ["destination_alpha_senders"] = $"{url}/DestinationAlphaSenders",
    };

    /// <summary>The resource of a Messaging Service, its addresses on the host that the request came to.</summary>
    public static ServiceResource Of(MessagingService service, bool hasCampaign, HttpRequest request) =>
        new(service, hasCampaign, request.AbsoluteUrl($"/v1/Services/{service.Sid}"));
}

/// <summary>
/// The settings of a Messaging Service that a caller may give. Absent keeps, or takes the default; an empty URL clears.
/// </summary>
internal abstract record ServiceForm
{
    /// <summary>A name for people, at most 64 characters. Required on creation.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>The webhook for inbound messages.</summary>
    public string? InboundRequestUrl { get; init; }

    /// <summary>The HTTP method of the webhook: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? InboundMethod { get; init; }

    /// <summary>The URL that the server calls when the inbound webhook fails.</summary>
    public string? FallbackUrl { get; init; }

    /// <summary>The HTTP method of the fallback URL: <c>GET</c> or <c>POST</c> (default).</summary>
    public string? FallbackMethod { get; init; }

    /// <summary>The URL of status callbacks for messages that have no URL of their own.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>Whether a recipient gets the same sender every time; true by default.</summary>
    public string? StickySender { get; init; }

    /// <summary>Whether media become links where MMS does not arrive; true by default.</summary>
    public string? MmsConverter { get; init; }

    /// <summary>Whether look-alike characters are replaced to stay in GSM-7; true by default.</summary>
    public string? SmartEncoding { get; init; }

    /// <summary>A switch that Twilio reserves: <c>inherit</c> (default), <c>enable</c> or <c>disable</c>.</summary>
    public string? ScanMessageContent { get; init; }

    /// <summary>A switch that is obsolete at Twilio; true by default.</summary>
    public string? FallbackToLongCode { get; init; }

    /// <summary>Whether recipients of the US and Canada get a sender of their area code; true by default.</summary>
    public string? AreaCodeGeomatch { get; init; }

    /// <summary>How long a message may wait, in seconds, 1 to 36,000 (default).</summary>
    public string? ValidityPeriod { get; init; }

    /// <summary>Whether a message that no sender can carry is refused at once; false by default.</summary>
    public string? SynchronousValidation { get; init; }

    /// <summary>
    /// <c>notifications</c>, <c>marketing</c>, <c>verification</c>, <c>discussion</c>, <c>poll</c> or <c>undeclared</c>
    /// (default).
    /// </summary>
    public string? Usecase { get; init; }

    /// <summary>
    /// Whether inbound messages go to the webhook of the number; by default true unless <c>InboundRequestUrl</c> is
    /// given.
    /// </summary>
    public string? UseInboundWebhookOnNumber { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    public void ApplyTo(MessagingService service) => ServiceSettings.All.Apply(this, service);
}

/// <summary>
/// The settings of a Messaging Service, one line each. The order is that of the rules: the first that fails is the
/// error.
/// </summary>
internal static class ServiceSettings
{
    public static readonly SettingTable<ServiceForm, MessagingService> All =
        new SettingTable<ServiceForm, MessagingService>()
        .Add(form => form.FriendlyName, service => service.FriendlyName, (rule, _) => rule
            .Must(
                new() { MinLength = 1, MaxLength = MessagingService.MaxFriendlyNameLength },
                name => name is null or { Length: > 0 and <= MessagingService.MaxFriendlyNameLength })
            .ToApiError(MessagingError.InvalidFriendlyName), FormValue.OrKeep)
        .Url(form => form.InboundRequestUrl, service => service.InboundRequestUrl)
        .Method(form => form.InboundMethod, service => service.InboundMethod)
        .Url(form => form.FallbackUrl, service => service.FallbackUrl)
        .Method(form => form.FallbackMethod, service => service.FallbackMethod)
        .Url(form => form.StatusCallback, service => service.StatusCallback)
        .Boolean(form => form.StickySender, service => service.StickySender)
        .Boolean(form => form.MmsConverter, service => service.MmsConverter)
        .Boolean(form => form.SmartEncoding, service => service.SmartEncoding)
        .Word(form => form.ScanMessageContent, service => service.ScanMessageContent, MessagingError.BadParameter with
        {
            Text = "ScanMessageContent must be inherit, enable or disable, not '{0}'",
        })
        .Boolean(form => form.FallbackToLongCode, service => service.FallbackToLongCode)
        .Boolean(form => form.AreaCodeGeomatch, service => service.AreaCodeGeomatch)
        .WholeNumber(
            form => form.ValidityPeriod, service => service.ValidityPeriod, 1, MessagingService.MaxValidityPeriod,
            MessagingError.ServiceValidityPeriod)
        .Boolean(form => form.SynchronousValidation, service => service.SynchronousValidation)
        .Word(form => form.Usecase, service => service.Usecase, MessagingError.InvalidUsecase)
        // A caller who chooses a webhook wants no conversations any more.
        .Add(form => form.UseInboundWebhookOnNumber, (rule, name) => rule.Boolean(name), (service, choice) =>
        {
            if (choice is not null)
                service.HandleInbound(
                    bool.Parse(choice) ? InboundHandling.SenderWebhook : InboundHandling.ServiceWebhook);
        });
}

/// <summary>
/// The parameters with which a Messaging Service is created. Source:
/// https://www.twilio.com/docs/messaging/api/service-resource#create-a-service-resource.
/// </summary>
internal sealed record CreateServiceForm : ServiceForm
{
    /// <summary>
    /// Gives a new Messaging Service its settings. A caller who names a webhook wants the server to call it.
    /// </summary>
    public void Configure(MessagingService service)
    {
        service.UseInboundWebhookOnNumber = string.IsNullOrEmpty(InboundRequestUrl);
        ApplyTo(service);
    }
}

/// <summary>The parameters with which a Messaging Service is changed; all are optional.</summary>
internal sealed record UpdateServiceForm : ServiceForm;

/// <summary>The rules for a new Messaging Service.</summary>
internal sealed class CreateServiceRules : AbstractValidator<CreateServiceForm>
{
    public CreateServiceRules()
    {
        RuleFor(form => form.FriendlyName).Required(nameof(ServiceForm.FriendlyName));
        Include(ServiceSettings.All.Rules);
    }
}

/// <summary>The rules for a change of a Messaging Service.</summary>
internal sealed class UpdateServiceRules : AbstractValidator<UpdateServiceForm>
{
    public UpdateServiceRules() => Include(ServiceSettings.All.Rules);
}
