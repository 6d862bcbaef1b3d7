using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Carrier;

/// <summary>
/// A rule's delay is that of each step, on the emulator's clock. Without a rule the carrier takes 10 ms a step.
/// </summary>
public sealed class CarrierRuleDelayTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private const string Rules = "/emulator/v1/CarrierRules";

    [Fact]
    public async Task Each_step_takes_as_long_as_the_rule_says()
    {
        var (now, sid) = await SendAsync(("DelayMs", "60000"));

        await server.Api.Clock.ChangeAsync(("Advance", "PT59.999S"));
        Assert.Equal("sending", await StatusAsync(sid));
        await server.Api.Clock.ChangeAsync(("Advance", "PT0.001S"));
        Assert.Equal("sent", await StatusAsync(sid));
        await server.Api.Clock.ChangeAsync(("Advance", "P1D"));

        Assert.Equal(
            [("queued", now), ("sending", now), ("sent", now.AddMinutes(1)), ("delivered", now.AddMinutes(2))],
            await server.Api.Messages.StatusesAsync(sid));
    }

    [Fact]
    public async Task The_way_to_a_failure_takes_as_long()
    {
        var (now, sid) = await SendAsync(("DelayMs", "86400000"), ("Outcome", "failed"), ("ErrorCode", "30007"));

        await server.Api.Clock.ChangeAsync(("Advance", "P2D"));

        Assert.Equal([("queued", now), ("sending", now), ("failed", now.AddDays(1))],
            await server.Api.Messages.StatusesAsync(sid));
    }

    [Fact]
    public async Task What_is_on_its_way_goes_on_as_planned_when_the_rule_is_deleted()
    {
        var (now, sid) = await SendAsync(("DelayMs", "60000"), ("Outcome", "undelivered"));
        await server.Api.Clock.ChangeAsync(("Advance", "PT1S"));
        foreach (var rule in (await server.GetAsync(Rules)).Body!["carrier_rules"]!.AsArray())
            await server.DeleteAsync($"{Rules}/{rule!["sid"]}").ExpectAsync(204);

        await server.Api.Clock.ChangeAsync(("Advance", "P1D"));

        Assert.Equal(
            [("queued", now), ("sending", now), ("sent", now.AddMinutes(1)), ("undelivered", now.AddMinutes(2))],
            await server.Api.Messages.StatusesAsync(sid));
    }

    /// <summary>Sends a message to a recipient with a rule of its own, at the clock's present time.</summary>
    private async Task<(DateTimeOffset Now, string Sid)> SendAsync(params (string, string)[] rule)
    {
        var (to, from) = (NumbersApi.New(), NumbersApi.New());
        await server.Api.Numbers.CreateAsync(from);
        await server.PostAsync(Rules, [("To", to), .. rule]).ExpectAsync(201);
        return (await server.Api.Clock.NowAsync(),
            await server.Api.Messages.SendAsync(("To", to), ("From", from), ("Body", "Hi")));
    }

    private async Task<string?> StatusAsync(string sid) => (await server.GetAsync(MessagesApi.PathOf(sid)))["status"];
}
