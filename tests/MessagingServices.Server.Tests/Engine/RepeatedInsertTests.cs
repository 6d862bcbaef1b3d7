using MessagingServices.Server.Outbound.Accept;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Engine;

/// <summary>
/// A message whose commit got no answer is stored again: the same one stays as it is, another one of its SID is
/// refused.
/// </summary>
public sealed class RepeatedInsertTests(AcceptingMessagingServer server) : IClassFixture<AcceptingMessagingServer>
{
    private readonly SidSource sids = new(TimeProvider.System);

    [Theory]
    [InlineData(MessageOptions.None, false)]
    [InlineData(MessageOptions.ObfuscateAddress, false)]
    [InlineData(MessageOptions.ObfuscateAddress, true)]
    public async Task The_same_message_stays_though_it_has_forgotten_its_recipient_meanwhile(
        MessageOptions options, bool forgotten)
    {
        var message = Draft(sids.New(SidPrefix.TextMessage), "+14155550100", options);
        await SaveAsync(message);
        if (forgotten) await Sql.ScalarAsync(server.ConnectionString,
            $"""UPDATE messages SET "to" = '+1415555XXXX', body = '' WHERE sid = '{message.Sid}'""");

        await SaveAsync(message);

        Assert.Equal(forgotten ? "+1415555XXXX" : "+14155550100",
            await Sql.ScalarAsync(server.ConnectionString,
                $"""SELECT "to" FROM messages WHERE sid = '{message.Sid}'"""));
    }

    [Theory]
    [InlineData(MessageOptions.None, MessageOptions.None)]
    [InlineData(MessageOptions.ObfuscateAddress, MessageOptions.None)]
    [InlineData(MessageOptions.None, MessageOptions.ObfuscateAddress)]
    public async Task Another_message_of_its_sid_is_refused(MessageOptions stored, MessageOptions repeated)
    {
        var sid = sids.New(SidPrefix.TextMessage);
        await SaveAsync(Draft(sid, "+14155550100", stored));

        var refused = await Assert.ThrowsAsync<TwilioException>(() => SaveAsync(Draft(sid, "+14155550101", repeated)));

        Assert.Equal(MessagingError.InternalError, refused.ApiError.Error);
    }

    private static Message Draft(Sid sid, string to, MessageOptions options) => Message.Accept(
        new(sid, Sid.Parse(MessagingServer.AccountSid), to, "Hi") { From = "+14155550142", Options = options },
        DateTimeOffset.UnixEpoch);

    private Task SaveAsync(Message message) => server.Services.GetRequiredService<MessageWriter>().AddAsync(message);
}
