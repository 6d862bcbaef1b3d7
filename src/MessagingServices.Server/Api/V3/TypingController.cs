using System.Text.Json.Serialization;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V3;

/// <summary>Typing indicators.</summary>
[ApiController]
[Tags("Messaging v3")]
internal sealed class TypingController(MessagingDb db) : ControllerBase
{
    /// <summary>Shows the user who has sent a WhatsApp message that an answer is being written.</summary>
    [HttpPost("/v3/Indicators/Typing.json")]
    [ProducesResponseType<TypingResource>(StatusCodes.Status200OK)]
    public Task<ObjectResult> Create([FromJson] TypingForm form, CancellationToken cancellation) =>
        this.ShowTypingAsync(db, form.MessageId, cancellation);
}

/// <summary>The message that is being answered.</summary>
internal sealed record TypingForm
{
    /// <summary>
    /// The channel: <c>WHATSAPP</c>. <c>APPLE</c> is refused with 403: no account here has it. Required.
    /// </summary>
    public string? Channel { get; init; }

    /// <summary>The SID of a message that a WhatsApp user has sent. Required.</summary>
    [JsonPropertyName("messageId")]
    public string? MessageId { get; init; }
}

/// <summary>Both are there, and the channel is WhatsApp.</summary>
internal sealed class TypingRules : AbstractValidator<TypingForm>
{
    public TypingRules()
    {
        RuleFor(form => form.Channel)
            .Must(channel => !string.IsNullOrEmpty(channel)).ToApiError(_ => "channel is required");
        RuleFor(form => form.Channel).OneOf("WHATSAPP", "APPLE")
            .ToApiError(value => $"channel must be WHATSAPP or APPLE, not '{value}'");
        RuleFor(form => form.Channel).OneOf("WHATSAPP").WithState(_ =>
            MessagingError.Forbidden.ToApiError("The account has no sender on Apple Messages for Business"));
        RuleFor(form => form.MessageId)
            .Must(sid => !string.IsNullOrEmpty(sid)).ToApiError(_ => "messageId is required");
    }
}
