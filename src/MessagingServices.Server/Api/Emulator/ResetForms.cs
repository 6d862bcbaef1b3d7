using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The scope of a reset.</summary>
internal sealed record ResetForm
{
    /// <summary>The scope of the reset: <c>messages</c> (default) or <c>all</c>.</summary>
    public string? Scope { get; init; }

    internal bool IsOfEverything => "all".Equals(Scope, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The scope must be known.</summary>
internal sealed class ResetRules : AbstractValidator<ResetForm>
{
    public ResetRules() =>
        RuleFor(form => form.Scope).OneOf("messages", "all")
            .ToApiError(value => $"Scope must be messages or all, not '{value}'");
}
