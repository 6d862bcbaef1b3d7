using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Content;

/// <summary>The parameters with which WhatsApp is asked to approve a template.</summary>
internal sealed record CreateApprovalForm
{
    /// <summary>
    /// The name of the template at WhatsApp: 1 to 512 lower-case letters, digits and underscores. Required.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>WhatsApp's category: <c>UTILITY</c>, <c>MARKETING</c> or <c>AUTHENTICATION</c>. Required.</summary>
    public string? Category { get; init; }

    /// <summary>Whether WhatsApp may change the category; true by default.</summary>
    public bool? AllowCategoryChange { get; init; }
}

/// <summary>The rules for a request for approval.</summary>
internal sealed class CreateApprovalRules : AbstractValidator<CreateApprovalForm>
{
    private const int MaxName = 512;

    public CreateApprovalRules()
    {
        RuleFor(form => form.Name).Must(name => !string.IsNullOrEmpty(name)).ToApiError(_ => "name is required");
        RuleFor(form => form.Name).AtMost("name", MaxName);
        RuleFor(form => form.Name)
            .Must(name => name!.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            .ToApiError(_ => "name must have lower-case letters, digits and underscores only");
        RuleFor(form => form.Category)
            .Must(category => !string.IsNullOrEmpty(category)).ToApiError(_ => "category is required");
        RuleFor(form => form.Category).OneOf(ApprovalCategories.All)
            .ToApiError(value => $"category must be {string.Join(", ", ApprovalCategories.All)}, not '{value}'");
    }
}
