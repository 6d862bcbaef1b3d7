using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>How a Messaging Service handles inbound messages.</summary>
internal sealed record IntegrationResource
{
    /// <summary>The Messaging Service.</summary>
    public required Sid ServiceSid { get; init; }

    /// <summary>Where they go: sender_webhook, service_webhook or conversation.</summary>
    public required InboundHandling InboundHandling { get; init; }

    internal static IntegrationResource Of(MessagingService service) =>
        new() { ServiceSid = service.Sid, InboundHandling = service.InboundHandling };
}

/// <summary>The parameters of a change.</summary>
internal sealed record IntegrationForm
{
    /// <summary>
    /// <c>sender_webhook</c>, <c>service_webhook</c> or <c>conversation</c>. The first two are the Messaging Service's
    /// <c>use_inbound_webhook_on_number</c>. Required.
    /// </summary>
    public string? InboundHandling { get; init; }

    internal void ApplyTo(MessagingService service) =>
        service.HandleInbound(EnumNames<InboundHandling>.Parse(InboundHandling!.ToLowerInvariant()));
}

/// <summary>The word must be known.</summary>
internal sealed class IntegrationRules : AbstractValidator<IntegrationForm>
{
    public IntegrationRules()
    {
        RuleFor(form => form.InboundHandling).Required(nameof(IntegrationForm.InboundHandling));
        RuleFor(form => form.InboundHandling).OneOf(EnumNames<InboundHandling>.All)
            .ToApiError(
                value => $"InboundHandling must be sender_webhook, service_webhook or conversation, not '{value}'");
    }
}
