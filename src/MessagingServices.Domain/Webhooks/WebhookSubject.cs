using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Webhooks;

/// <summary>What webhook rules look at.</summary>
/// <param name="AccountSid">The account.</param>
/// <param name="Kind">The kind of the webhook.</param>
/// <param name="Url">The URL without its connection overrides.</param>
public sealed record WebhookSubject(Sid AccountSid, WebhookKind Kind, string Url)
{
    /// <summary>The status of the message in the webhook; null for an event of a conversation.</summary>
    public MessageStatus? Status { get; init; }

    /// <summary>The recipient of the message; null for an event of a conversation.</summary>
    public string? To { get; init; }

    /// <summary>
    /// The sender of the message, or the author of a conversation's message; null if there is none.
    /// </summary>
    public string? From { get; init; }

    /// <summary>
    /// Whose matches are counted for a percentage: the handset's number without a channel prefix. It is the recipient
    /// of a status callback, and the sender of an inbound message.
    /// </summary>
    public required string Handset { get; init; }

    /// <summary>Whether no later webhook of the message is to be expected: it is not held.</summary>
    public bool IsFinal => Status?.IsTerminal() is true;

    /// <summary>What rules look at in a webhook.</summary>
    public static WebhookSubject Of(Webhook webhook)
    {
        var (status, to, from) = (Value("MessageStatus") ?? Value("SmsStatus"), Value("To"), Value("From"));
        if (webhook.Kind == WebhookKind.Conversation) (to, from) = (null, Value("Author"));
        return new(webhook.AccountSid, webhook.Kind, ConnectionOverrides.WithoutFragment(webhook.Url))
        {
            Status = status is not null && EnumNames<MessageStatus>.TryParse(status, out var known) ? known : null,
            To = to,
            From = from,
            Handset = WithoutChannel(webhook.Kind == WebhookKind.StatusCallback ? to : from),
        };

        string? Value(string name) => webhook.Parameters.FirstOrDefault(parameter => parameter.Key == name).Value;
    }

    private static string WithoutChannel(string? address) =>
        address?[(address.IndexOf(':', StringComparison.Ordinal) + 1)..] ?? "";
}
