using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The feedback of an application about a message. Source:
/// https://www.twilio.com/docs/messaging/api/message-feedback-resource.
/// </summary>
[XmlName("Feedback")]
internal sealed record FeedbackResource
{
    /// <summary>The account that owns the message.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The SID of the message.</summary>
    public required Sid MessageSid { get; init; }

    /// <summary>confirmed or unconfirmed: whether the recipient acted.</summary>
    public required FeedbackOutcome Outcome { get; init; }

    /// <summary>When the first feedback came; RFC 2822.</summary>
    public required Rfc2822Date DateCreated { get; init; }

    /// <summary>When the last feedback came; RFC 2822.</summary>
    public required Rfc2822Date DateUpdated { get; init; }

    /// <summary>The resource's path.</summary>
    public required string Uri { get; init; }

    /// <summary>The resource of a feedback.</summary>
    public static FeedbackResource Of(MessageFeedback feedback) => new()
    {
        AccountSid = feedback.AccountSid,
        MessageSid = feedback.MessageSid,
        Outcome = feedback.Outcome,
        DateCreated = new(feedback.DateCreated),
        DateUpdated = new(feedback.DateUpdated),
        Uri = $"/2010-04-01/Accounts/{feedback.AccountSid}/Messages/{feedback.MessageSid}/Feedback.json",
    };
}

/// <summary>The feedback about a message.</summary>
internal sealed record CreateFeedbackForm
{
    /// <summary><c>confirmed</c>, also when absent, or <c>unconfirmed</c>: whether the recipient acted.</summary>
    public string? Outcome { get; init; }
}

/// <summary>The outcome is one of the two.</summary>
internal sealed class CreateFeedbackRules : AbstractValidator<CreateFeedbackForm>
{
    public CreateFeedbackRules() => RuleFor(form => form.Outcome).OneOf(EnumNames<FeedbackOutcome>.All)
        .ToApiError(value => $"Outcome must be confirmed or unconfirmed, not '{value}'");
}
