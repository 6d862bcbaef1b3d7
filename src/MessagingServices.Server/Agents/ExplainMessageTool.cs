using MessagingServices.Domain.Advice;
using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Agents;

/// <summary>Says what happened to a message, and what to do about it.</summary>
internal sealed class ExplainMessageTool(MessagingDb db, EmulatorClock clock) : IAgentTool
{
    private const string SidParameter = "sid";

    /// <inheritdoc/>
    public static ToolDescription Description { get; } = new(
        "explain_message", "Explain a message",
        "Says what happened to a message: its statuses with their times, how its sender was selected, its webhooks "
        + "with the answers of the application, its segments; and what to do about its error, or why it still waits.",
        [ToolParameter.Required(SidParameter, "The SID of the message: SM or MM, and 32 digits.")],
        typeof(Explanation)) { IsReadOnly = true };

    /// <inheritdoc/>
    public async Task<object> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var text = call.Arguments.Text(SidParameter);
        if (!Sid.TryParse(text, null, out var sid)) throw ToolArguments.Wrong($"sid '{text}' is not a valid SID");
        var timeline = await MessageTimeline.ReadAsync(db, call.Account, sid, cancellation)
            ?? throw new TwilioException(new(MessagingError.NotFound, $"The account has no message {sid}"));
        var rules = await db.CarrierRules.AsNoTracking().Where(rule => rule.AccountSid == call.Account)
            .OrderByDescending(rule => rule.Ordinal).ToListAsync(cancellation);
        var isFrozen = clock.StateOf(call.Account).FrozenAt is not null;
        AdvisedMessage advised = new(
            timeline.Message, timeline.Webhooks, rules, clock.Now(call.Account), isFrozen);
        var resource = TimelineResource.Of(timeline);
        return new Explanation
        {
            Message = MessageResource.Of(timeline.Message),
            Statuses = resource.Statuses,
            SenderSelection = resource.SenderSelection,
            Webhooks = [.. resource.Webhooks.Select(ExplainedWebhook.Of)],
            Segments = SegmentsResource.Of(timeline.Message),
            Advice = advised.Advice(),
        };
    }

    /// <summary>What happened to a message.</summary>
    internal sealed record Explanation
    {
        /// <summary>The message.</summary>
        public required MessageResource Message { get; init; }

        /// <summary>Its statuses, oldest first.</summary>
        public required IReadOnlyList<StatusChangeResource> Statuses { get; init; }

        /// <summary>How its sender was selected; null when no Messaging Service has selected one.</summary>
        public required SenderSelectionResource? SenderSelection { get; init; }

        /// <summary>The webhooks about it, oldest first.</summary>
        public required IReadOnlyList<ExplainedWebhook> Webhooks { get; init; }

        /// <summary>Its segments.</summary>
        public required SegmentsResource Segments { get; init; }

        /// <summary>What to do about its error, its webhooks, or its wait; empty when there is nothing to do.</summary>
        public required IReadOnlyList<string> Advice { get; init; }
    }
}
