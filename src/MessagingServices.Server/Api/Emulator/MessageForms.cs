using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Which message to wait for, and how long. An absent or empty parameter matches any message.</summary>
internal sealed record WaitForMessageForm
{
    /// <summary>The max of <see cref="Timeout"/>, in seconds.</summary>
    public const int MaxTimeout = 60;

    /// <summary>The recipient's address.</summary>
    public string? To { get; init; }

    /// <summary>The sender's address.</summary>
    public string? From { get; init; }

    /// <summary>A part of the text, case-sensitive; no character is special.</summary>
    public string? BodyContains { get; init; }

    /// <summary>The present status, for example <c>delivered</c>.</summary>
    public string? Status { get; init; }

    /// <summary>
    /// The direction of the message: <c>inbound</c>, <c>outbound-api</c>, <c>outbound-call</c> or
    /// <c>outbound-reply</c>.
    /// </summary>
    public string? Direction { get; init; }

    /// <summary>The Messaging Service that it goes through.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>
    /// A message of the account. The response is then the oldest matching message that was stored after it, so that a
    /// caller who passes the last SID each time reads all messages in order. Absent: the newest matching message.
    /// </summary>
    public string? After { get; init; }

    /// <summary>How long to wait, in seconds, 0 to 60; 10 when absent.</summary>
    public string? Timeout { get; init; }

    /// <summary>How long to wait; the shape was checked.</summary>
    internal TimeSpan Patience =>
        TimeSpan.FromSeconds(Timeout is null ? 10 : int.Parse(Timeout, CultureInfo.InvariantCulture));

    /// <summary>The message that the form asks for; its shape was checked.</summary>
    internal WantedMessage ToWanted(Sid account) => new(account)
    {
        To = string.IsNullOrEmpty(To) ? null : AnyAddress.Normalise(To),
        From = string.IsNullOrEmpty(From) ? null : AnyAddress.Normalise(From),
        BodyContains = string.IsNullOrEmpty(BodyContains) ? null : BodyContains,
        Status = string.IsNullOrEmpty(Status) ? null : EnumNames<MessageStatus>.Parse(Status.ToLowerInvariant()),
        Direction = string.IsNullOrEmpty(Direction) ? null
            : EnumNames<MessageDirection>.Parse(Direction.ToLowerInvariant().Replace('-', '_')),
        MessagingServiceSid = string.IsNullOrEmpty(MessagingServiceSid) ? null : Sid.Parse(MessagingServiceSid),
        After = string.IsNullOrEmpty(After) ? null : Sid.Parse(After),
    };
}

/// <summary>Words must be known and the time within its bounds.</summary>
internal sealed class WaitForMessageRules : AbstractValidator<WaitForMessageForm>
{
    private static readonly MessagingError TimeoutOutOfRange =
        MessagingError.BadParameter with { Text = $"Timeout must be 0 to {WaitForMessageForm.MaxTimeout} seconds" };

    public WaitForMessageRules()
    {
        RuleFor(form => form.Status).OneOf(["", .. EnumNames<MessageStatus>.All])
            .ToApiError(value => $"Status '{value}' is no status of a message");
        RuleFor(form => form.Direction)
            .OneOf(["", .. EnumNames<MessageDirection>.All.Select(name => name.Replace('_', '-'))])
            .ToApiError(value => $"Direction '{value}' is no direction of a message");
        RuleFor(form => form.MessagingServiceSid).SidOf("MessagingServiceSid", SidPrefix.MessagingService);
        RuleFor(form => form.After).AnySid("After");
        RuleFor(form => form.Timeout).WholeNumber();
        RuleFor(form => form.Timeout).Between(0, WaitForMessageForm.MaxTimeout, TimeoutOutOfRange);
    }
}
