using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MessagingServices.Server.Tests.Outbound.Carrier;

/// <summary>
/// A carrier rule counts each message that it decides something for once, whether its sender is selected or it is
/// handed over.
/// </summary>
public sealed class RuleUseTests : IClassFixture<QueueMessagingServer>
{
    private const string Rules = "/emulator/v1/CarrierRules";
    private const string Agent = "rcs:brand_agent";

    private readonly SidSource sids = new(TimeProvider.System);
    private readonly MessagingServer server;
    private readonly PooledDbContextFactory<MessagingDb> databases;
    private readonly SimulatedCarrier carrier;

    public RuleUseTests(QueueMessagingServer server)
    {
        this.server = server;
        // It leaves the reports to another server.
        carrier = new(new(), new(), server.Services.GetRequiredService<CarrierReports>(),
            server.Services.GetRequiredService<EmulatorClock>(), new() { Stages = [] });
        databases = new(
            new DbContextOptionsBuilder<MessagingDb>().UseNpgsql(server.ConnectionString)
                .UseSnakeCaseNamingConvention().Options);
    }

    [Fact]
    public async Task A_message_that_fell_back_is_still_the_rules_when_it_is_handed_over()
    {
        var to = NumbersApi.New();
        var rule = await RuleAsync(("To", to), ("SupportsRcs", "false"), ("Outcome", "failed"), ("Times", "1"));
        var (first, second) = (await StoredAsync(to), await StoredAsync(to));

        Assert.Equal([false, true], await SelectAsync(first, second));
        await HandOverAsync(second, first);

        Assert.Equal("failed", await PlanAsync(first));
        Assert.Equal("delivered", await PlanAsync(second));
        Assert.Equal("1", await UsedAsync(rule));
    }

    [Fact]
    public async Task A_transaction_that_waits_for_a_rule_sees_it_used_up_by_the_other_server()
    {
        var to = NumbersApi.New();
        var rule = await RuleAsync(("To", to), ("SupportsRcs", "false"), ("Outcome", "failed"), ("Times", "2"));
        var (before, meanwhile, after) = (await StoredAsync(to), await StoredAsync(to), await StoredAsync(to));
        await SelectAsync(before);
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var rules = await CarrierRuleReader.LockAsync(db, [meanwhile], CancellationToken.None);

        var other = HandOverAsync(before, after);
        while (!other.IsCompleted && await IsNoneWaitingAsync()) await Task.Yield();
        var batch = new WriteBatch(sids, server.Services.GetRequiredService<EmulatorClock>());
        batch.Part<CarrierRows>().Use(rules.RcsRule(meanwhile.AccountSid, to, Agent, "Hi")!, meanwhile.Sid);
        await SaveAsync(batch, transaction);
        await transaction.CommitAsync();
        await other;

        Assert.Equal("failed", await PlanAsync(before));
        Assert.Equal("delivered", await PlanAsync(after));
        Assert.Equal("2", await UsedAsync(rule));
    }

    [Fact]
    public async Task A_dry_run_uses_nothing()
    {
        var to = NumbersApi.New();
        var rule = await RuleAsync(("To", to), ("SupportsRcs", "false"), ("Times", "1"));
        await using var db = databases.CreateDbContext();

        for (var i = 0; i < 3; i++)
        {
            var rules = await CarrierRuleReader.ReadAsync(db, Sid.Parse(MessagingServer.AccountSid), to,
                CancellationToken.None);
            Assert.False(rules.RcsRule(Sid.Parse(MessagingServer.AccountSid), to, Agent, "Hi")?.SupportsRcs);
        }

        Assert.Equal("0", await UsedAsync(rule));
        Assert.Equal([false], await SelectAsync(await StoredAsync(to)));
    }

    [Fact]
    public async Task What_is_rolled_back_was_no_use()
    {
        var to = NumbersApi.New();
        var rule = await RuleAsync(("To", to), ("SupportsRcs", "false"), ("Times", "1"));

        Assert.Equal([false], await SelectAsync(commit: false, await StoredAsync(to)));

        Assert.Equal("0", await UsedAsync(rule));
        Assert.Equal([false], await SelectAsync(await StoredAsync(to)));
    }

    [Fact]
    public async Task A_message_handed_over_twice_is_counted_once_and_keeps_its_treatment()
    {
        var to = NumbersApi.New();
        var rule = await RuleAsync(("To", to), ("Outcome", "undelivered"), ("Times", "2"));
        var message = await StoredAsync(to);
        await HandOverAsync(message);
        var newer = await RuleAsync(("To", to), ("Outcome", "failed"), ("Times", "1"));

        await HandOverAsync(message);

        Assert.Equal("undelivered", await PlanAsync(message));
        Assert.Equal(("1", "0"), (await UsedAsync(rule), await UsedAsync(newer)));
    }

    [Fact]
    public async Task A_rule_deleted_in_the_middle_of_a_batch_holds_nothing_up()
    {
        var to = NumbersApi.New();
        var rule = await RuleAsync(("To", to), ("DelayMs", "1000"));
        var message = await StoredAsync(to);
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var rules = await CarrierRuleReader.LockAsync(db, [message], CancellationToken.None);
        await server.DeleteAsync($"{Rules}/{rule}").ExpectAsync(204);

        var batch = new WriteBatch(sids, server.Services.GetRequiredService<EmulatorClock>());
        foreach (var applying in rules.ApplyingTo(CarrierMessage.Of(message)))
            batch.Part<CarrierRows>().Use(applying, message.Sid);
        await SaveAsync(batch, transaction);
        await transaction.CommitAsync();

        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM carrier_rule_uses WHERE rule_sid = '{rule}'"));
    }

    [Fact]
    public async Task A_message_keeps_its_sample_until_handoff_and_a_rollback_removes_it()
    {
        var to = NumbersApi.New();
        var rule = await RuleAsync(("To", to), ("SupportsRcs", "false"), ("Outcome", "failed"), ("Percent", "50"),
            ("Seed", "1"));
        Message[] messages = [await StoredAsync(to), await StoredAsync(to), await StoredAsync(to),
            await StoredAsync(to)];
        bool[] hits = [.. Enumerable.Range(1, 4).Select(number => RuleDraw.IsSelected(1, 50, to, number))];

        await SelectAsync(commit: false, messages);
        Assert.Equal(hits.Take(2).Select(hit => !hit), await SelectAsync(messages[..2]));
        Assert.Equal(hits.Skip(2).Select(hit => !hit), await SelectAsync(messages[2..]));
        await HandOverAsync([.. messages.Reverse()]);
        await HandOverAsync(messages);

        for (var i = 0; i < messages.Length; i++)
            Assert.Equal(hits[i] ? "failed" : "delivered", await PlanAsync(messages[i]));
        Assert.Equal("1 2 3 4", await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT string_agg(number::text, ' ' ORDER BY number) FROM carrier_rule_draws WHERE rule_sid = '{rule}'"));
    }

    [Fact]
    public async Task A_dry_run_has_the_luck_of_the_next_message_and_takes_it_from_none()
    {
        var to = NumbersApi.New();
        await RuleAsync(("To", to), ("SupportsRcs", "false"), ("Percent", "50"), ("Seed", "2"));
        await using var db = databases.CreateDbContext();

        for (var number = 1; number <= 6; number++)
        {
            for (var again = 0; again < 2; again++)
            {
                var rules = await CarrierRuleReader.ReadAsync(db, Sid.Parse(MessagingServer.AccountSid), to,
                    CancellationToken.None);
                Assert.Equal(RuleDraw.IsSelected(2, 50, to, number),
                    rules.RcsRule(Sid.Parse(MessagingServer.AccountSid), to, Agent, "Hi") is not null);
            }

            await HandOverAsync(await StoredAsync(to));
        }
    }

    private Task<List<bool>> SelectAsync(params Message[] messages) => SelectAsync(commit: true, messages);

    /// <summary>
    /// Asks for each message whether its handset takes RCS, as sender selection does, and records the answer.
    /// </summary>
    private async Task<List<bool>> SelectAsync(bool commit, params Message[] messages)
    {
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var rules = await CarrierRuleReader.LockAsync(db, messages, CancellationToken.None);
        var batch = new WriteBatch(sids, server.Services.GetRequiredService<EmulatorClock>());
        List<bool> takes = [];
        foreach (var message in messages)
        {
            var rule = rules.RcsRule(message.AccountSid, message.To, Agent, message.Body);
            takes.Add(rule?.SupportsRcs ?? true);
            batch.Part<CarrierRows>()
                .Sample(rules.SampledRulesForRcs(message.AccountSid, message.To, Agent, message.Body),
                CarrierMessage.Of(message));
            if (rule is not null) batch.Part<CarrierRows>().Use(rule, message.Sid);
        }

        await SaveAsync(batch, transaction);
        if (commit) await transaction.CommitAsync();
        return takes;
    }

    // Not so soon that the server reports on them.
    private async Task HandOverAsync(params Message[] messages)
    {
        await using var work = await server.Services.GetRequiredService<MessageTransactions>()
            .BeginAsync(CancellationToken.None);
        var rules = await CarrierRuleReader.LockAsync(work.Db, messages, CancellationToken.None);
        await carrier.SubmitAsync(
            work, [.. messages.Select(message => new ReadyMessage(message, Tomorrow))], rules, CancellationToken.None);
        await work.CommitAsync(CancellationToken.None);
    }

    private static Task SaveAsync(WriteBatch batch, IDbContextTransaction transaction)
    {
        var npgsql = (NpgsqlTransaction)transaction.GetDbTransaction();
        return batch.SaveAsync(npgsql.Connection!, CancellationToken.None);
    }

    private static DateTimeOffset Tomorrow => TimeProvider.System.GetUtcNow().AddDays(1);

    private Message Draft(string to) => Message.Accept(
        new(sids.New(SidPrefix.TextMessage), Sid.Parse(MessagingServer.AccountSid), to, "Hi") { From = "+14155550142" },
        Tomorrow);

    /// <summary>A message that no stage works on.</summary>
    private async Task<Message> StoredAsync(string to)
    {
        var message = Draft(to);
        await using var db = databases.CreateDbContext();
        db.Add(message);
        await db.SaveChangesAsync();
        return message;
    }

    private async Task<string> RuleAsync(params (string, string)[] form) =>
        (await server.PostAsync(Rules, form).ExpectAsync(201))["sid"]!;

    private async Task<string?> UsedAsync(string rule) =>
        (await server.GetAsync($"{Rules}/{rule}").ExpectAsync(200))["times_used"];

    private async Task<bool> IsNoneWaitingAsync() => 0L.Equals(await Sql.ScalarAsync(server.ConnectionString,
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"));

    private async Task<object?> PlanAsync(Message message) =>
        await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT final_status FROM carrier_deliveries WHERE message_sid = '{message.Sid}'");
}
