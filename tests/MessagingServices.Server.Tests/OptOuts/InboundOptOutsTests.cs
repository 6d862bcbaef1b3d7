using MessagingServices.Server.Engine;
using MessagingServices.Server.Inbound;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// Keywords change opt-outs in the transaction of the message that brings them, and their answers reach who has opted
/// out.
/// </summary>
public sealed class InboundOptOutsTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Number = "+14155550001", WhatsApp = "whatsapp:+14155550001", Handset = "+14155550123";

    private static readonly Sid Account = Sid.Parse(MessagingServer.AccountSid);

    [Fact]
    public async Task Stop_opts_out_with_its_word_as_the_source_and_start_opts_in()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number);

        Assert.Equal((null, OptOutKeywords.Default.OptOutReply), await ReceiveAsync(" Quit", Handset, Number));
        Assert.Equal([$"{Handset} {service}"], await server.Api.OptOuts.ListAsync());
        Assert.Equal("QUIT", (await server.GetAsync(OptOutsApi.Path)).Body!["opt_outs"]![0]!["source"]!.ToString());

        Assert.Equal((null, ""), await ReceiveAsync("STOP", Handset, Number));
        await server.Api.OptOuts.ConsentAsync(Handset, Number);
        Assert.Equal((null, OptOutKeywords.Default.OptInReply), await ReceiveAsync("yes", Handset, Number));
        Assert.Empty(await server.Api.OptOuts.ListAsync());
        Assert.Null(await ReceiveAsync("yes", Handset, Number));
        Assert.Null(await ReceiveAsync("Please stop", Handset, Number));
    }

    [Fact]
    public async Task What_is_not_committed_changes_nothing()
    {
        await server.Api.ResetAsync();
        await server.Api.Services.CreateWithPoolAsync(Number);

        Assert.NotNull(await ReceiveAsync("STOP", Handset, Number, commits: false));

        Assert.Empty(await server.Api.OptOuts.ListAsync());
    }

    [Fact]
    public async Task Enabled_keywords_of_a_service_apply_to_WhatsApp_as_a_separate_channel()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number, WhatsApp);
        var settings = $"/emulator/v1/Services/{service}/AdvancedOptOut";
        await server.PostAsync(settings, ("IsoCountry", "US"), ("Language", "es"), ("OptOutKeywords", "BASTA"),
            ("OptOutReply", "Adiós")).ExpectAsync(200);
        Assert.Null(await ReceiveAsync("basta", Handset, Number));
        Assert.Null(await ReceiveAsync("STOP", $"whatsapp:{Handset}", WhatsApp));
        await server.PostAsync(settings, ("Enabled", "true")).ExpectAsync(200);

        Assert.Equal((OptOutType.Stop, "Adiós"), await ReceiveAsync("basta", $"whatsapp:{Handset}", WhatsApp));
        Assert.Equal([$"whatsapp:{Handset} {service}"], await server.Api.OptOuts.ListAsync());
        Assert.Equal((OptOutType.Stop, "Adiós"), await ReceiveAsync("basta", $"rcs:{Handset}", Number));
        Assert.Equal([$"{Handset} {service}", $"whatsapp:{Handset} {service}"], await server.Api.OptOuts.ListAsync());
    }

    [Fact]
    public async Task An_automatic_answer_reaches_who_has_opted_out_and_another_message_does_not()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number);
        await server.Api.OptOuts.ConsentAsync(Handset, service);

        var answers = await Task.WhenAll(from options in new[] { MessageOptions.Automatic, MessageOptions.None }
                                         from through in new Sid?[] { Sid.Parse(service), null }
                                         select AnswerAsync(options, through));

        Assert.Equal(["delivered", "delivered", "failed 21610", "failed 21610"], answers);
    }

    private async Task<(OptOutType? Type, string Replies)?> ReceiveAsync(
        string body, string from, string to, bool commits = true)
    {
        await using var work = await server.Services.GetRequiredService<MessageTransactions>()
            .BeginAsync(CancellationToken.None);
        var receiver = await work.Db.Set<PoolSender>().AsNoTracking().SingleAsync(sender => sender.Address == to);
        var inbound = Message.Receive(new(NewSid(), Account, from, to, body), TimeProvider.System.GetUtcNow());
        var outcome = await InboundOptOuts.ApplyAsync(work.Db, inbound, receiver, TimeProvider.System.GetUtcNow(),
            CancellationToken.None);
        if (commits) await work.CommitAsync(CancellationToken.None);
        return outcome is null ? null : (outcome.WebhookType, string.Join('|', outcome.Replies));
    }

    private async Task<string> AnswerAsync(MessageOptions options, Sid? through)
    {
        var message = Message.Accept(new(NewSid(), Account, Handset, "Bye")
        {
            Direction = MessageDirection.OutboundReply,
            From = Number,
            MessagingServiceSid = through,
            Options = options,
        }, TimeProvider.System.GetUtcNow());
        await using (var work = await server.Services.GetRequiredService<MessageTransactions>()
            .BeginAsync(CancellationToken.None))
        {
            work.Batch.Send(message);
            await work.CommitAsync(CancellationToken.None);
        }

        var ended = await server.Api.Messages.UntilAsync(message.Sid.Value, "delivered", "failed");
        return $"{ended["status"]} {ended["error_code"]}".TrimEnd();
    }

    private Sid NewSid() => server.Services.GetRequiredService<SidSource>().New(SidPrefix.TextMessage);
}
