using System.Globalization;
using System.Text.Json.Serialization;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Monitor;

/// <summary>
/// An error of a request to the application, or of its TwiML. There is one alert for each webhook that had an error:
/// its last one. Source: https://www.twilio.com/docs/usage/monitor-alert.
/// </summary>
internal sealed record AlertResource
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

    /// <summary>The parameters of the request, as a form. Only when one alert is fetched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestVariables { get; init; }

    /// <summary>The headers of the request: not kept. Only when one alert is fetched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestHeaders { get; init; }

    /// <summary>The body of the response: not kept. Only when one alert is fetched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ResponseBody { get; init; }

    /// <summary>The headers of the response: not kept. Only when one alert is fetched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ResponseHeaders { get; init; }

    /// <summary>The message, or the webhook of a conversation.</summary>
    public required Sid ResourceSid { get; init; }

    /// <summary>The service: none.</summary>
    public Sid? ServiceSid { get; init; }

    /// <summary>SID with the prefix NO.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of the alert for a webhook that had an error.</summary>
    public static AlertResource Of(Webhook webhook, HttpRequest request)
    {
        var last = webhook.Attempts.Last(attempt => attempt.ErrorCode is not null);
        var code = last.ErrorCode!.Value;
        var level = webhook.Outcome == WebhookOutcome.Delivered ? "warning" : "error";
        var url = RequestSignature.SignedPart(last.Url ?? webhook.Url);
        var sid = AlertSids.Of(webhook.Sid);
        return new()
        {
            AccountSid = webhook.AccountSid,
            AlertText = FormText([
                new("Msg", last.Error ?? MessagingError.TextOf(code) ?? ""),
                new("ErrorCode", code.ToString(CultureInfo.InvariantCulture)),
                new("LogLevel", level.ToUpperInvariant()),
                new("httpResponse", last.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? ""),
                new("url", url),
            ]),
            DateCreated = new(webhook.DateCreated),
            DateGenerated = new(webhook.DateCreated),
            DateUpdated = new(webhook.DateCreated),
            ErrorCode = code.ToString(CultureInfo.InvariantCulture),
            LogLevel = level,
            MoreInfo = MessagingError.MoreInfo(code),
            RequestMethod = webhook.Method,
            RequestUrl = url,
            ResourceSid = webhook.MessageSid,
            Sid = sid,
            Url = request.AbsoluteUrl($"/v1/Alerts/{sid}"),
        };
    }

    /// <summary>The alert with what is shown when it is fetched.</summary>
    public static AlertResource Fetched(Webhook webhook, HttpRequest request) => Of(webhook, request) with
    {
        RequestVariables = FormText(webhook.Parameters), RequestHeaders = "", ResponseBody = "", ResponseHeaders = "",
    };

    private static string FormText(IEnumerable<KeyValuePair<string, string>> fields) => string.Join('&',
        fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
}

/// <summary>The SIDs of alerts: those of their webhooks with another prefix.</summary>
internal static class AlertSids
{
    public static Sid Of(Sid webhook) => Sid.Parse(SidPrefix.Alert + webhook.Value[2..]);

    /// <summary>The webhook of an alert; null for a SID with another prefix.</summary>
    public static Sid? WebhookOf(Sid alert) =>
        alert.Prefix == SidPrefix.Alert ? Sid.Parse(SidPrefix.Webhook + alert.Value[2..]) : null;
}
