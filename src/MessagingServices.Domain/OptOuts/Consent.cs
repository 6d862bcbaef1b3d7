using System.Globalization;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.OptOuts;

/// <summary>A recipient's consent, or its withdrawal, that the application reports.</summary>
/// <param name="Service">The Messaging Service; null if the consent is for a sender.</param>
/// <param name="Sender">The sender; null if the consent is for a Messaging Service.</param>
/// <param name="OptsIn">True for opt-in, false for opt-out.</param>
public sealed record Consent(RecipientAddress Contact, Sid? Service, SenderAddress? Sender, bool OptsIn)
{
    private const int CorrelationIdLength = 32;

    private static readonly string[] Statuses = ["opt-in", "opt-out"];
    private static readonly string[] Sources = ["website", "offline", "opt-in-message", "opt-out-message", "others"];

    /// <summary>The scope of the opt-out or opt-in: the SID of the Messaging Service or the sender's address.</summary>
    public string Scope => Service?.Value ?? Sender!.Value;

    /// <summary>The group of channels: the sender's, or the recipient's for a Messaging Service.</summary>
    public Channel Group => OptOut.GroupOf(Sender?.Channel ?? Contact.Channel);

    /// <returns>The consent, or Twilio's error codes for all invalid fields.</returns>
    public static (Consent? Consent, IReadOnlyList<string> Errors) Read(ConsentItem item)
    {
        List<string> errors = [];
        Sid? service = Sid.TryParseAs(SidPrefix.MessagingService, item.SenderId, out var sid) ? sid : null;
        var sender = service is null && item.SenderId is { } from ? SenderAddress.Parse(from) : null;
        if (sender is { Type: SenderType.Alphanumeric }) sender = null;
        var contact = item.ContactId is { } to
            && RecipientAddress.Parse(to).Address is { Channel: not Channel.Rcs, Number: not null } address
            && address.Value == to
            && (address.Channel == Channel.Sms || sender is null or { Channel: Channel.WhatsApp }) ? address : null;
        if (contact is null) errors.Add("INVALID_CONTACT_ID");
        if (item.CorrelationId is not { Length: CorrelationIdLength } id || !id.All(char.IsAsciiHexDigit))
            errors.Add("INVALID_CORRELATION_ID");
        if (service is null && sender is null) errors.Add(InvalidSender);
        if (!Statuses.Contains(item.Status)) errors.Add("INVALID_STATUS");
        if (!Sources.Contains(item.Source)) errors.Add("INVALID_SOURCE");
        if (item.DateOfConsent is { } date && !IsIso8601(date)) errors.Add("INVALID_DATE_OF_CONSENT");
        return errors.Count > 0 ? (null, errors) : (new(contact!, service, sender, item.Status == Statuses[0]), []);
    }

    /// <summary>The error for a sender or Messaging Service that the account does not have.</summary>
    public const string InvalidSender = "INVALID_SENDER_ID";

    private static bool IsIso8601(string text) => text.Length >= 10 && text[4] == '-' && text[7] == '-'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}

/// <summary>A consent as in the request; null for missing fields.</summary>
/// <param name="ContactId">
/// The recipient's number in E.164, with the prefix <c>whatsapp:</c> for a Messaging Service on WhatsApp.
/// </param>
/// <param name="CorrelationId">32 hexadecimal digits, which the response repeats.</param>
/// <param name="SenderId">
/// The SID of a Messaging Service, or a phone number, short code, RCS sender or WhatsApp sender of the account.
/// </param>
/// <param name="Status"><c>opt-in</c> or <c>opt-out</c>.</param>
/// <param name="Source">
/// <c>website</c>, <c>offline</c>, <c>opt-in-message</c>, <c>opt-out-message</c> or <c>others</c>.
/// </param>
/// <param name="DateOfConsent">ISO 8601; optional.</param>
public sealed record ConsentItem(
    string? ContactId, string? CorrelationId, string? SenderId, string? Status, string? Source, string? DateOfConsent);
