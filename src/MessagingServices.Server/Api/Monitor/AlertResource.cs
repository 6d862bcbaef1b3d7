using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Monitor;

/// <summary>
/// What every alert has. Sources: https://www.twilio.com/docs/usage/monitor-alert, and published responses for the
/// texts.
/// </summary>
internal abstract record AlertFields
{
    /// <summary>The account.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The error, as a form of its parts.</summary>
    public required string AlertText { get; init; }

    /// <summary>The version of the API: always <c>2010-04-01</c>.</summary>
    public string ApiVersion { get; init; } = "2010-04-01";

    /// <summary>When the webhook was made, on the emulator's clock; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>The same; ISO 8601.</summary>
    public required Iso8601Date DateGenerated { get; init; }

    /// <summary>The same; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>Twilio's error code, as a text.</summary>
    public required string ErrorCode { get; init; }

    /// <summary><c>error</c>, or <c>warning</c> for a webhook that was delivered all the same.</summary>
    public required string LogLevel { get; init; }

    /// <summary>The page of the error at Twilio.</summary>
    public required string MoreInfo { get; init; }

    /// <summary>The HTTP method of the request: <c>GET</c> or <c>POST</c>.</summary>
    public required string RequestMethod { get; init; }

    /// <summary>The URL of the request, without user and password.</summary>
    public required string RequestUrl { get; init; }

    /// <summary>The message, or the webhook of a conversation.</summary>
    public required Sid ResourceSid { get; init; }

    /// <summary>The service: none.</summary>
    public Sid? ServiceSid { get; init; }

    /// <summary>SID with the prefix NO.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }
}

/// <summary>
/// An error of a request to the application, or of its TwiML. There is one alert for each webhook that had an error:
/// its last one.
/// </summary>
internal sealed record AlertResource : AlertFields
{
    /// <summary>The number by which Twilio names its component for messages.</summary>
    private const string Messaging = "14100";

    /// <summary>The resource of the alert for a webhook that had an error.</summary>
    public static AlertResource Of(Webhook webhook, HttpRequest request)
    {
        var last = LastError(webhook);
        var code = last.ErrorCode!.Value;
        var isWarning = webhook.Outcome == WebhookOutcome.Delivered;
        var url = RequestSignature.SignedPart(last.Url ?? webhook.Url);
        var sid = AlertSids.Of(webhook.Sid);
        return new()
        {
            AccountSid = webhook.AccountSid,
            AlertText = FormText([
                new("sourceComponent", Messaging),
                new("httpResponse", last.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? ""),
                new("url", url),
                new("ErrorCode", code.ToString(CultureInfo.InvariantCulture)),
                new("LogLevel", isWarning ? "WARN" : "ERROR"),
                new("Msg", last.Error ?? MessagingError.TextOf(code) ?? ""),
                new("EmailNotification", "false"),
            ]),
            DateCreated = new(webhook.DateCreated),
            DateGenerated = new(webhook.DateCreated),
            DateUpdated = new(webhook.DateCreated),
            ErrorCode = code.ToString(CultureInfo.InvariantCulture),
            LogLevel = isWarning ? "warning" : "error",
            MoreInfo = MessagingError.MoreInfo(code),
            RequestMethod = webhook.Method,
            RequestUrl = url,
            ResourceSid = webhook.MessageSid,
            Sid = sid,
            Url = request.AbsoluteUrl($"/v1/Alerts/{sid}"),
        };
    }

    internal static WebhookAttempt LastError(Webhook webhook) =>
        webhook.Attempts.Last(attempt => attempt.ErrorCode is not null);

    /// <summary>Fields as in a form: a blank is a plus.</summary>
    internal static string FormText(IEnumerable<KeyValuePair<string, string>> fields) => string.Join('&',
        fields.Select(field => $"{Escaped(field.Key)}={Escaped(field.Value)}"));

    private static string Escaped(string text) =>
        Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}

/// <summary>An alert with its request and the response, which only the fetch of one alert shows.</summary>
internal sealed record FetchedAlertResource : AlertFields
{
    [SetsRequiredMembers]
    private FetchedAlertResource(AlertFields alert, Webhook webhook) : base(alert)
    {
        var last = AlertResource.LastError(webhook);
        RequestVariables = AlertResource.FormText(webhook.Parameters);
        ResponseHeaders = AlertResource.FormText(last.ResponseHeaders ?? []);
        ResponseBody = last.ResponseBody ?? "";
    }

    /// <summary>The parameters of the request, as a form.</summary>
    public string RequestVariables { get; }

    /// <summary>The headers of the request: null, as at Twilio.</summary>
    public string? RequestHeaders { get; }

    /// <summary>The body of the response, at most its first 4,096 bytes; empty without a response.</summary>
    public string ResponseBody { get; }

    /// <summary>The headers of the response, as a form of at most about 4,096 characters; empty without a response.
    /// </summary>
    public string ResponseHeaders { get; }

    /// <summary>The alert for a webhook that had an error.</summary>
    public static FetchedAlertResource Of(Webhook webhook, HttpRequest request) =>
        new(AlertResource.Of(webhook, request), webhook);
}

/// <summary>The SIDs of alerts: those of their webhooks with another prefix.</summary>
internal static class AlertSids
{
    public static Sid Of(Sid webhook) => Sid.Parse(SidPrefix.Alert + webhook.Value[2..]);

    /// <summary>The webhook of an alert; null for a SID with another prefix.</summary>
    public static Sid? WebhookOf(Sid alert) =>
        alert.Prefix == SidPrefix.Alert ? Sid.Parse(SidPrefix.Webhook + alert.Value[2..]) : null;
}
