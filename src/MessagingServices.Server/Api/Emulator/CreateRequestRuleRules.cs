using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>
/// Addresses, paths and words must be readable, numbers within their bounds, and an error cannot be given with a
/// connection that breaks.
/// </summary>
internal sealed class CreateRequestRuleRules : AbstractValidator<CreateRequestRuleForm>
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    private static readonly MessagingError StatusOutOfRange = Error("StatusCode must be 400 to 599");
    private static readonly MessagingError ErrorCodeOutOfRange = Error("ErrorCode must be 10000 to 99999");
    private static readonly MessagingError RetryAfterOutOfRange =
        Error($"RetryAfter must be 0 to {RequestRule.MaxRetryAfter} seconds");

    public CreateRequestRuleRules()
    {
        AddConditions();
        AddEffects();
        RuleFor(form => form.Times).Times();
        RuleFor(form => form.Percent).Percentage();
        RuleFor(form => form.Seed).Seed(form => form.Percent);
    }

    private void AddConditions()
    {
        RuleFor(form => form.Method)
            .Must(
                FieldShape.OneOf(Methods),
                method => string.IsNullOrEmpty(method) || Methods.Contains(method, StringComparer.OrdinalIgnoreCase))
            .ToApiError(value => $"Method must be GET, HEAD, POST, PUT, PATCH or DELETE, not '{value}'");
        RuleFor(form => form.Path)
            .Must(
                new() { MaxLength = PathPattern.MaxLength },
                path => string.IsNullOrEmpty(path) || PathPattern.IsPattern(path))
            .ToApiError(value =>
                $"Path must be a path such as /2010-04-01/Accounts/*/Messages.json, of at most {PathPattern.MaxLength} "
                + $"characters and without a query, or begin with * or https://, not '{value}'");
        RuleFor(form => form.To).Must(to => string.IsNullOrEmpty(to) || AddressPattern.OfRecipients(to) is not null)
            .ToApiError(value =>
                $"To must be a phone number, or the beginning of one with an asterisk such as +1415*, not '{value}'");
        RuleFor(form => form.From)
            .Must(from => string.IsNullOrEmpty(from) || AddressPattern.OfSenders(from) is not null)
            .ToApiError(value =>
                "From must be a sender's address, or the beginning of one with an asterisk such as +1415*, "
                + $"not '{value}'");
        RuleFor(form => form.BodyContains).AtMost("BodyContains", Domain.Messages.OutboundMessage.MaxBodyLength);
    }

    private void AddEffects()
    {
        RuleFor(form => form.StatusCode).WholeNumber();
        RuleFor(form => form.StatusCode).Between(400, 599, StatusOutOfRange);
        RuleFor(form => form.ErrorCode).WholeNumber();
        RuleFor(form => form.ErrorCode).Between(10000, 99999, ErrorCodeOutOfRange);
        RuleFor(form => form.ErrorCode).Must((form, code) => code is null || form.StatusCode is not null)
            .ToApiError(_ => "ErrorCode can be given with StatusCode only");
        RuleFor(form => form.RetryAfter).WholeNumber();
        RuleFor(form => form.RetryAfter).Between(0, RequestRule.MaxRetryAfter, RetryAfterOutOfRange);
        RuleFor(form => form.RetryAfter).Must((form, seconds) => seconds is null || form.StatusCode is not null)
            .ToApiError(_ => "RetryAfter can be given with StatusCode only");
        RuleFor(form => form.DelayMs).Milliseconds("DelayMs");
        RuleFor(form => form.Disconnect).OneOf(EnumNames<Disconnect>.All)
            .ToApiError(value => $"Disconnect must be before or after, not '{value}'");
        RuleFor(form => form.Disconnect).Must((form, disconnect) => disconnect is null || form.StatusCode is null)
            .ToApiError(_ => "A rule has either StatusCode or Disconnect: without a connection there is no response");
    }

    private static MessagingError Error(string text) => MessagingError.BadParameter with { Text = text };
}
