using CsCheck;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Emulator;

/// <summary>
/// Every search finds what a plain comparison of all messages finds, and nothing of another account, however small its
/// windows and pages are.
/// </summary>
public sealed class MessageSearchTests(AcceptingMessagingServer server) : IClassFixture<AcceptingMessagingServer>
{
    private const int Accounts = 3;
    private const int Count = 180;

    private static readonly string[] Pieces =
    [
        "a", "A", "b", "é", "É", "ß", "ẞ", "Ω", "ω", "ς", "Σ", "µ", "μ", "İ", "i", "I", "ı", "\u212A", "k", "ſ", "s",
        "\u212B", "å", "𐐨", "𐐀", "%", "_", "\\", " ", "😀", ".", "*", "[", "(", "^", "-", "\n", "日本", "ж", "Ж",
    ];

    private static readonly string[] Addresses =
        ["+14155550101", "+14155550102", "whatsapp:+14155550101", "rcs:agent", "ACME"];

    private static readonly int[] Codes = [30003, 30005, 30008];

    private static readonly Sid[] Services =
        [Sid.Create(SidPrefix.MessagingService, 1), Sid.Create(SidPrefix.MessagingService, 2)];

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Text = Gen.OneOf(Pieces).Array[1, 3].Select(string.Concat)
        .Where(text => text.Trim().Length > 0);

    private static readonly Gen<QueryTerm> Term = Gen.Select(
        Gen.OneOf<QueryTerm>(
            Text.Select(text => (QueryTerm)new QueryTerm.Word(text)),
            Text.Select(text => (QueryTerm)new QueryTerm.Word(text)),
            Gen.OneOf(Addresses).Select(address => (QueryTerm)new QueryTerm.Recipient(address)),
            Gen.OneOf(Addresses).Select(address => (QueryTerm)new QueryTerm.Sender(address)),
            Gen.Enum<MessageStatus>().Select(status => (QueryTerm)new QueryTerm.Status(status)),
            Gen.OneOf(Codes).Select(code => (QueryTerm)new QueryTerm.Failure(code)),
            Gen.OneOf(Services).Select(sid => (QueryTerm)new QueryTerm.Service(sid)),
            Gen.Enum<MessageDirection>().Select(direction => (QueryTerm)new QueryTerm.Direction(direction)),
            Gen.Const((QueryTerm)new QueryTerm.HasMedia()),
            Gen.Int[0, Count].Select(i => (QueryTerm)new QueryTerm.Before(Start.AddMinutes(i))),
            Gen.Int[0, Count].Select(i => (QueryTerm)new QueryTerm.After(Start.AddMinutes(i)))),
        Gen.Bool, (term, isNegated) => term with { IsNegated = isNegated });

    private static readonly Gen<(int Account, QueryTerm[] Terms, int Rows, int PageSize)> Search =
        Gen.Select(Gen.Int[0, Accounts - 1], Term.Array[0, 3], Gen.OneOf(1, 7, 40, 1000), Gen.Int[1, 50]);

    [Fact]
    public async Task Every_search_finds_all_that_match_of_its_account_newest_first()
    {
        await AddMessagesAsync(new Random(4711));
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MessagingDb>();
        var all = await db.Messages.AsNoTracking().OrderByDescending(message => message.Ordinal).ToListAsync();
        Assert.Equal(Count, all.Count);

        await Search.SampleAsync(async search =>
        {
            var account = AccountOf(search.Account);
            var query = MessageQuery.Parse(new MessageQuery(search.Terms).ToString());
            MessageSearch messages = new(db, new(search.Rows, TimeSpan.Zero));
            List<Sid> found = [];
            long? before = null;
            do
            {
                var page = await messages.SearchAsync(account, query, before, search.PageSize, default);
                Assert.True(page.Messages.Count <= search.PageSize);
                found.AddRange(page.Messages.Select(message => message.Sid));
                Assert.True(page.Last is null || before is null || page.Last.Ordinal < before);
                before = page.Last?.Ordinal;
            }
            while (before is not null);

            Assert.Equal(
                all.Where(message => message.AccountSid == account && search.Terms.All(term => Holds(term, message)))
                    .Select(message => message.Sid), found);
        }, iter: 200, threads: 1);
    }

    [Fact]
    public async Task A_window_ends_at_its_last_message_and_tells_which()
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MessagingDb>();
        var account = Sid.Create(SidPrefix.Account, 99);
        await AddAsync(db, Enumerable.Range(0, 5).Select(i => MessageOf(i, account, "Hello", new Random(i))));
        var ordinals = await db.Messages.Where(message => message.AccountSid == account)
            .OrderByDescending(message => message.Ordinal).Select(message => message.Ordinal).ToListAsync();
        MessageSearch search = new(db, new(2, TimeSpan.Zero));

        var first = await search.SearchAsync(account, MessageQuery.Parse("nowhere"), null, 50, default);
        var whole = await new MessageSearch(db, new(2, TimeSpan.FromHours(1)))
            .SearchAsync(account, MessageQuery.Parse("nowhere"), null, 50, default);

        Assert.Empty(first.Messages);
        Assert.Equal(ordinals[1], first.Last!.Ordinal);
        Assert.Null(whole.Last);
        await db.Messages.Where(message => message.AccountSid == account).ExecuteDeleteAsync();
    }

    private static bool Holds(QueryTerm term, Message message) => term.IsNegated != term switch
    {
        QueryTerm.Word(var text) => message.Body.Contains(text, StringComparison.OrdinalIgnoreCase),
        QueryTerm.Recipient(var address) => message.To == address,
        QueryTerm.Sender(var address) => message.From == address,
        QueryTerm.Status(var status) => message.Status == status,
        QueryTerm.Failure(var code) => message.ErrorCode == code,
        QueryTerm.Service(var sid) => message.MessagingServiceSid == sid,
        QueryTerm.Direction(var direction) => message.Direction == direction,
        QueryTerm.HasMedia => message.MediaUrls.Count > 0,
        QueryTerm.Before(var moment) => message.DateCreated < moment,
        QueryTerm.After(var moment) => message.DateCreated >= moment,
        _ => throw new ArgumentOutOfRangeException(nameof(term)),
    };

    private static Sid AccountOf(int number) => Sid.Create(SidPrefix.Account, (UInt128)(number + 10));

    private async Task AddMessagesAsync(Random random)
    {
        await using var scope = server.Services.CreateAsyncScope();
        await AddAsync(
            scope.ServiceProvider.GetRequiredService<MessagingDb>(),
            Enumerable.Range(0, Count).Select(i => MessageOf(
                i, AccountOf(random.Next(Accounts)),
                string.Concat(random.GetItems(Pieces, random.Next(12))), random)));
    }

    private static async Task AddAsync(MessagingDb db, IEnumerable<Message> messages)
    {
        foreach (var message in messages)
        {
            db.Add(message);
            if (message.Status is MessageStatus.Accepted or MessageStatus.Scheduled or MessageStatus.Queued)
                db.Add(QueuedMessage.Of(message));
            if (message.Status == MessageStatus.Sending)
                db.Add(CarrierDelivery.Of(
                    message.AccountSid, message.Sid, new(MessageStatus.Delivered, null, 1, 1), message.DateCreated));
            await db.SaveChangesAsync();
        }
    }

    private static Message MessageOf(int i, Sid account, string body, Random random)
    {
        var now = Start.AddMinutes(i);
        var sid = Sid.Create(SidPrefix.TextMessage, (UInt128)random.NextInt64());
        string Address() => Addresses[random.Next(Addresses.Length)];
        string[] media = random.Next(4) == 0 ? ["http://example.com/x.png"] : [];
        if (random.Next(4) == 0)
        {
            return Message.Receive(
                new(sid, account, Address(), Address(), body)
                {
                    MediaUrls = media,
                    MessagingServiceSid = random.Next(2) == 0 ? Services[0] : null,
                }, now);
        }

        var isThroughService = random.Next(2) == 0;
        var message = Message.Accept(
            new(sid, account, Address(), body)
            {
                MediaUrls = media,
                MessagingServiceSid = isThroughService ? Services[random.Next(Services.Length)] : null,
                SendAt = isThroughService && random.Next(3) == 0 ? now.AddHours(1) : null,
                From = isThroughService ? null : Address(),
                Direction = random.Next(3) == 0 ? MessageDirection.OutboundReply : MessageDirection.OutboundApi,
            }, now);
        for (var steps = random.Next(6); steps > 0; steps--)
        {
            MessageStatus[] next = [.. MessageStatuses.Next[message.Status].Order()];
            if (next.Length == 0) break;
            var status = next[random.Next(next.Length)];
            if (status == MessageStatus.Queued) message.QueueWith(Address(), null, false, now);
            else message.TransitionTo(status, now, status.HasErrorCode() ? Codes[random.Next(Codes.Length)] : null);
        }

        return message;
    }
}
