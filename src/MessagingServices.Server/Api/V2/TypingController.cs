using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V2;

/// <summary>Typing indicators.</summary>
[ApiController]
[Tags("Messaging v2")]
internal sealed class TypingController(MessagingDb db) : ControllerBase
{
    /// <summary>Shows the user who has sent a WhatsApp message that an answer is being written.</summary>
    [HttpPost("/v2/Indicators/Typing.json")]
    [ProducesResponseType<TypingResource>(StatusCodes.Status200OK)]
    public Task<ObjectResult> Create([FromForm] TypingForm form, CancellationToken cancellation) =>
        this.ShowTypingAsync(db, form.MessageId, cancellation);
}

/// <summary>The message that is being answered.</summary>
internal sealed record TypingForm
{
    /// <summary>The channel: <c>whatsapp</c>. Required.</summary>
    [FromForm(Name = "channel")]
    public string? Channel { get; init; }

    /// <summary>The SID of a message that a WhatsApp user has sent. Required.</summary>
    [FromForm(Name = "messageId")]
    public string? MessageId { get; init; }
}

/// <summary>Both are there.</summary>
internal sealed class TypingRules : AbstractValidator<TypingForm>
{
    public TypingRules()
    {
        RuleFor(form => form.MessageId).Required("messageId");
        RuleFor(form => form.Channel).Required("channel");
        RuleFor(form => form.Channel).OneOf("whatsapp")
            .ToApiError(value => $"channel must be whatsapp, not '{value}'");
    }
}
