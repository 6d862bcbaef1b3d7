using System.Globalization;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Events;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>
/// The data of <c>message.created</c> and <c>message.updated</c>: members of the message resource, with the same names
/// and formats.
/// </summary>
internal sealed record MessageEventData
{
    public required Sid Sid { get; init; }

    public required Sid AccountSid { get; init; }

    public required Sid? MessagingServiceSid { get; init; }

    public required string Direction { get; init; }

    public required string? From { get; init; }

    public required string To { get; init; }

    public required string Body { get; init; }

    public required MessageStatus Status { get; init; }

    public required int? ErrorCode { get; init; }

    public required string NumSegments { get; init; }

    public required string NumMedia { get; init; }

    public required string? Price { get; init; }

    public required Rfc2822Date DateCreated { get; init; }

    public required Rfc2822Date DateUpdated { get; init; }

    public required Rfc2822Date? DateSent { get; init; }

    public static MessageEventData Of(Message message) => new()
    {
        Sid = message.Sid,
        AccountSid = message.AccountSid,
        MessagingServiceSid = message.MessagingServiceSid,
        Direction = EnumNames<MessageDirection>.Of(message.Direction).Replace('_', '-'),
        From = message.From,
        To = message.To,
        Body = message.Body,
        Status = message.Status,
        ErrorCode = message.ErrorCode,
        NumSegments = message.NumSegments.ToString(CultureInfo.InvariantCulture),
        NumMedia = message.MediaUrls.Count.ToString(CultureInfo.InvariantCulture),
        Price = message.Price?.ToString("0.00000", CultureInfo.InvariantCulture),
        DateCreated = new(message.DateCreated),
        DateUpdated = new(message.DateUpdated),
        DateSent = Rfc2822Date.Of(message.DateSent),
    };
}

/// <summary>The data of <c>webhook.updated</c>.</summary>
internal sealed record WebhookEventData
{
    public required Sid Sid { get; init; }

    public required Sid AccountSid { get; init; }

    public required Sid MessageSid { get; init; }

    public required Sid? MessagingServiceSid { get; init; }

    public required WebhookKind Kind { get; init; }

    public required string Method { get; init; }

    public required string Url { get; init; }

    public required WebhookOutcome Outcome { get; init; }

    /// <summary>The HTTP status of the last attempt; null without a response.</summary>
    public required int? StatusCode { get; init; }

    /// <summary>Twilio's error code of the last attempt; null without an error.</summary>
    public required int? ErrorCode { get; init; }

    /// <summary>How long the last attempt took; null without one.</summary>
    public required long? DurationMs { get; init; }

    /// <summary>When the last attempt began, in real time; null without one.</summary>
    public required PreciseDate? Date { get; init; }

    public static WebhookEventData Of(WebhookResult result)
    {
        var (webhook, last) = (result.Webhook, result.Attempts is [.., var newest] ? newest : null);
        return new()
        {
            Sid = webhook.Sid,
            AccountSid = webhook.AccountSid,
            MessageSid = webhook.MessageSid,
            MessagingServiceSid = EventBus.ServiceOf(webhook),
            Kind = webhook.Kind,
            Method = webhook.Method,
            Url = webhook.Url,
            Outcome = result.Outcome,
            StatusCode = last?.StatusCode,
            ErrorCode = last?.ErrorCode,
            DurationMs = last?.DurationMs,
            Date = last is null ? null : new(last.Date),
        };
    }
}

/// <summary>The data of events about something that is deleted.</summary>
internal sealed record DeletedEventData(Sid Sid, Sid AccountSid)
{
    public Sid? MessagingServiceSid { get; init; }

    /// <summary>Always true.</summary>
    public bool Deleted { get; } = true;
}

/// <summary>The data of <c>conversation.updated</c>.</summary>
internal sealed record ConversationEventData(
    Sid Sid, Sid AccountSid, Sid? MessagingServiceSid, string? FriendlyName, string? UniqueName,
    ConversationState State, Iso8601Date DateCreated, Iso8601Date DateUpdated)
{
    public static ConversationEventData Of(Conversation conversation) => new(
        conversation.Sid, conversation.AccountSid, conversation.MessagingServiceSid, conversation.FriendlyName,
        conversation.UniqueName, conversation.State, new(conversation.DateCreated), new(conversation.DateUpdated));
}

/// <summary>The data of <c>opt_out.updated</c>.</summary>
internal sealed record OptOutEventData(
    Sid AccountSid, string To, string? From, Sid? MessagingServiceSid, string Channel, bool OptedOut)
{
    public static OptOutEventData Of(OptOutState state)
    {
        var isService = Sid.TryParseAs(SidPrefix.MessagingService, state.Scope, out var service);
        var isWhatsApp = state.Channel == Domain.Senders.Channel.WhatsApp;
        return new(
            state.AccountSid, isWhatsApp ? $"whatsapp:{state.Recipient}" : state.Recipient,
            isService ? null : state.Scope, isService ? service : null, isWhatsApp ? "whatsapp" : "sms",
            state.IsOptedOut);
    }
}

/// <summary>The data of <c>clock.updated</c>.</summary>
internal sealed record ClockEventData(Sid AccountSid, PreciseDate Now, bool Frozen);

/// <summary>The data of <c>rule.updated</c>.</summary>
internal sealed record RuleEventData(
    Sid Sid, Sid AccountSid, string? To, string? From, CarrierOutcome? Outcome, int? ErrorCode)
{
    public static RuleEventData Of(CarrierRule rule) =>
        new(rule.Sid, rule.AccountSid, rule.To, rule.From, rule.Outcome, rule.ErrorCode);
}

/// <summary>The data of <c>rule.updated</c> for a webhook rule.</summary>
internal sealed record WebhookRuleEventData(
    Sid Sid, Sid AccountSid, string? Url, WebhookKind? Kind, MessageStatus? Status, string? To, string? From,
    int? Times, int TimesUsed)
{
    public static WebhookRuleEventData Of(WebhookRule rule) => new(
        rule.Sid, rule.AccountSid, rule.Url, rule.Kind, rule.Status, rule.To, rule.From, rule.Times, rule.TimesUsed);
}

/// <summary>The data of <c>rule.updated</c> for a request rule.</summary>
internal sealed record RequestRuleEventData(
    Sid Sid, Sid AccountSid, string? Method, string? Path, string? To, string? From, int? StatusCode, int? ErrorCode,
    int? DelayMs, Disconnect? Disconnect, int? Times, int? TimesUsed)
{
    public static RequestRuleEventData Of(RequestRule rule) => new(
        rule.Sid, rule.AccountSid, rule.Method, rule.Path, rule.To, rule.From, rule.StatusCode, rule.ErrorCode,
        rule.DelayMs, rule.Disconnect, rule.Times, rule.Times is null ? null : rule.TimesUsed);
}

/// <summary>The data of <c>account.updated</c>.</summary>
internal sealed record AccountEventData(
    Sid Sid, Sid? OwnerAccountSid, string FriendlyName, AccountStatus Status, Rfc2822Date DateCreated,
    Rfc2822Date DateUpdated)
{
    public static AccountEventData Of(Account account) => new(
        account.Sid, account.OwnerSid ?? account.Sid, account.FriendlyName, account.Status, new(account.DateCreated),
        new(account.DateUpdated));
}

/// <summary>The data of <c>reset</c>.</summary>
internal sealed record ResetEventData(Sid AccountSid, string Scope);
