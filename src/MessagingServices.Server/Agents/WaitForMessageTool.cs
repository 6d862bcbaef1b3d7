using MessagingServices.Domain.Extracts;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Agents;

/// <summary>Waits for a message.</summary>
internal sealed class WaitForMessageTool(WaitForMessage waitForMessage, CallerCheck check, MessagingDb db) : IAgentTool
{
    private const string To = "to";
    private const string Containing = "containing";
    private const string Status = "status";
    private const string Timeout = "timeout";

    private const int MaxNamed = 3;
    private const int MaxBody = 100;

    /// <inheritdoc/>
    public static ToolDescription Description { get; } = new(
        "wait_for_message", "Wait for a message",
        "Waits until the account has a message that matches. Returns the newest, and the one-time code in its text. "
        + "Messages that exist already count. When none comes in time, the error names the newest messages to the same "
        + "address.",
        [
            ToolParameter.OfText(To, "The recipient's number or address. Any when absent."),
            ToolParameter.OfText(Containing, "A part of the text, case-sensitive. Any when absent.")
                with { Field = nameof(WaitForMessageForm.BodyContains) },
            ToolParameter.OfText(Status, "The status that the message has, for example delivered. Any when absent.")
                with { Words = [.. EnumNames<MessageStatus>.All] },
            new(Timeout, "How long to wait, in seconds, 0 to 60; 10 when absent.", "integer"),
        ],
        typeof(ReceivedMessage)) { IsReadOnly = true, TakesLong = true };

    /// <inheritdoc/>
    public async Task<object> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var form = call.Checked(new WaitForMessageForm
        {
            To = call.Arguments.Text(To), BodyContains = call.Arguments.Text(Containing),
            Status = call.Arguments.Text(Status), Timeout = call.Arguments.Text(Timeout),
        });
        var wanted = form.ToWanted(call.Account);
        return await waitForMessage.WaitAsync(wanted, form.Patience, check.For(call.Caller), cancellation)
            is { } message
                ? ReceivedMessage.Of(message)
                : throw new TwilioException(new(
                    MessagingError.NotFound,
                    $"No such message within {form.Patience.TotalSeconds} seconds. "
                    + await DescribeOthersAsync(wanted, cancellation)));
    }

    private async Task<string> DescribeOthersAsync(WantedMessage wanted, CancellationToken cancellation)
    {
        var whose = wanted.To is { } to ? $" to {to}" : "";
        var others = await new WantedMessage(wanted.AccountSid) { To = wanted.To }.Filter(db.Messages)
            .OrderByDescending(message => message.Ordinal).Take(MaxNamed).AsNoTracking().ToListAsync(cancellation);
        return others.Count == 0
            ? $"The account has no message{whose}."
            : $"The newest messages{whose}: {string.Join("; ", others.Select(Describe))}.";
    }

    private static string Describe(Message message)
    {
        var error = message.ErrorCode is { } code ? $" ({code})" : "";
        return $"{message.Sid} is {EnumNames<MessageStatus>.Of(message.Status)}{error}: "
            + $"\"{ShortText.Of(message.Body, MaxBody)}\"";
    }

    /// <summary>A message that came.</summary>
    /// <param name="Message">The message.</param>
    /// <param name="Code">The one-time code in its text; null when there is none.</param>
    internal sealed record ReceivedMessage(MessageResource Message, string? Code)
    {
        /// <summary>The result for a message.</summary>
        public static ReceivedMessage Of(Message message) => new(
            MessageResource.Of(message), MessageExtracts.Of(message.SentText).Codes is [var best, ..] ? best : null);
    }
}
