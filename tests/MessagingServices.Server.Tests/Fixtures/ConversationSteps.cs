using MessagingServices.Server.Conversations;
using MessagingServices.Server.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Inbound messages that tests add to conversations from inside the server.</summary>
internal static class ConversationSteps
{
    /// <summary>A message from a handset to a sender of the account.</summary>
    public static Message Inbound(
        this MessagingServer server, string from, string to, string body,
        string account = MessagingServer.AccountSid) =>
        Message.Receive(
            new(server.Services.GetRequiredService<SidSource>().New(SidPrefix.TextMessage), Sid.Parse(account), from,
                to, body),
            server.Services.GetRequiredService<EmulatorClock>().Now(Sid.Parse(account)));

    /// <summary>Stores an inbound message with what it adds to its conversation.</summary>
    public static async Task ReceiveInConversationAsync(this MessagingServer server, Message inbound)
    {
        var cancellation = CancellationToken.None;
        await using var work = await server.Services.GetRequiredService<MessageTransactions>().BeginAsync(cancellation);
        work.Batch.Messages.Insert(inbound);
        await server.Services.GetRequiredService<InboundConversations>()
            .AddAsync(work, inbound, [], autocreates: true, inbound.DateCreated, cancellation);
        await work.CommitAsync(cancellation);
    }
}
