using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Inbound;

namespace MessagingServices.Server.Agents;

/// <summary>A message from a handset to the application.</summary>
internal sealed class SendFromHandsetTool(ReceiveMessage receiveMessage) : IAgentTool
{
    private const string From = "from";
    private const string To = "to";
    private const string Body = "body";

    /// <inheritdoc/>
    public static ToolDescription Description { get; } = new(
        "send_from_handset", "Send from a handset",
        "A person's handset sends a message to one of the account's numbers or senders, for example a reply or STOP. "
        + "It is stored when this returns; the application's webhook is called afterwards, and explain_message shows "
        + "how that went.",
        [
            ToolParameter.Required(From, "The handset's number in E.164. On WhatsApp with the prefix whatsapp:"),
            ToolParameter.Required(
                To, "The account's sender that receives: a number, a short code, or a sender with whatsapp: or rcs:"),
            ToolParameter.Required(Body, "The text, at most 1,600 characters."),
        ],
        typeof(FoundMessage));

    /// <inheritdoc/>
    public async Task<object> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var form = call.Checked(new CreateInboundMessageForm
        {
            From = call.Arguments.Text(From), To = call.Arguments.Text(To), Body = call.Arguments.Text(Body),
        });
        return FoundMessage.Of(await receiveMessage.ReceiveAsync(
            form.ToNewInboundMessage(call.Account, FormCollection.Empty, []), cancellation));
    }
}
