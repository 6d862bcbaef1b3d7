using MessagingServices.Server.Conversations;
using MessagingServices.Server.Engine;
using Microsoft.Extensions.DependencyInjection;
using static MessagingServices.Server.Tests.Fixtures.Requests;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Requests on conversations.</summary>
internal static class ConversationCalls
{
    public const string AllConversations = "/v1/Conversations";
    public const string Addresses = "/v1/Configuration/Addresses";

    private static int lastHandset;

    /// <summary>A handset that no other test has.</summary>
    public static string NewHandset() => $"+1212{6_000_000 + Interlocked.Increment(ref lastHandset)}";

    /// <summary>Makes a conversation; its address.</summary>
    public static async Task<string> NewConversationAsync(this MessagingServer server, params (string Name, string Value)[] form) =>
        $"{AllConversations}/{(await server.PostAsync(AllConversations, form).ExpectAsync(201))["sid"]}";

    /// <summary>Makes a number of the account.</summary>
    public static async Task<string> NewProxyAsync(this MessagingServer server)
    {
        var number = NewNumber();
        await server.NewNumberSidAsync(number);
        return number;
    }

    public static Task<Answer> JoinAsync(this MessagingServer server, string conversation, string address, string proxy) =>
        server.PostAsync($"{conversation}/Participants", ("MessagingBinding.Address", address), ("MessagingBinding.ProxyAddress", proxy));

    public static Task<Answer> SayAsync(this MessagingServer server, string conversation, string body, string? author = null) =>
        server.PostAsync($"{conversation}/Messages", [("Body", body), .. author is null ? [] : new[] { ("Author", author) }]);

    /// <summary>What was said in a conversation, in order.</summary>
    public static async Task<string[]> SaidAsync(this MessagingServer server, string conversation) =>
        [.. (await server.GetAsync($"{conversation}/Messages").ExpectAsync(200)).Body!["messages"]!.AsArray()
            .Select(message => $"{message!["index"]} {message["author"]}: {message["body"]}")];

    /// <summary>The bodies of the messages that a handset was sent, newest first.</summary>
    public static async Task<string[]> SentToAsync(this MessagingServer server, string handset) =>
        [.. (await server.GetAsync($"{Calls.Messages}?To={Uri.EscapeDataString(handset)}").ExpectAsync(200)).Body!["messages"]!.AsArray()
            .Select(message => $"{message!["from"]}: {message["body"]}")];

    /// <summary>The conversations of a handset, newest first: their addresses.</summary>
    public static async Task<string[]> ConversationsOfAsync(this MessagingServer server, string handset) =>
        [.. (await server.GetAsync($"/v1/ParticipantConversations?Address={Uri.EscapeDataString(handset)}").ExpectAsync(200)).Body!["conversations"]!.AsArray()
            .Select(conversation => $"{AllConversations}/{conversation!["conversation_sid"]}")];

    /// <summary>A message that a handset sends to a sender of the account.</summary>
    public static Message Inbound(this MessagingServer server, string from, string to, string body, string account = MessagingServer.AccountSid) =>
        Message.Receive(
            new(server.Services.GetRequiredService<SidSource>().New(SidPrefix.TextMessage), Sid.Parse(account), from, to, body),
            server.Services.GetRequiredService<EmulatorClock>().GetUtcNow());

    /// <summary>Stores an inbound message with what it adds to its conversation.</summary>
    public static async Task ReceiveInConversationAsync(this MessagingServer server, Message inbound)
    {
        await using var work = await server.Services.GetRequiredService<MessageTransactions>().BeginAsync(CancellationToken.None);
        work.Batch.Messages.Insert(inbound);
        await server.Services.GetRequiredService<InboundConversations>().AddAsync(work, inbound, [], autocreates: true, inbound.DateCreated, CancellationToken.None);
        await work.CommitAsync(CancellationToken.None);
    }
}
