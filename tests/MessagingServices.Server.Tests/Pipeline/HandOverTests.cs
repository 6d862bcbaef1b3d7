using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Server.Carriers;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Pipeline;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Pipeline;

/// <summary>What the simulated carrier takes over.</summary>
public sealed class HandOverTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_message_that_was_removed_before_it_was_handed_over_is_not_on_its_way()
    {
        var sids = new SidSource();
        var carrier = new SimulatedCarrier(server.Services.GetRequiredService<PipelineTransactions>(), new(), new(), new());
        // Not so soon that the server reports on it and finds that it is gone.
        var date = TimeProvider.System.GetUtcNow().AddDays(1);
        var message = Message.Accept(
            new(sids.New(SidPrefix.TextMessage), Sid.Parse(MessagingServer.AccountSid), "+14155552671", "Hi") { From = "+14155550162" }, date);

        await carrier.SubmitAsync([new(message, date)], CancellationToken.None);

        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString, "SELECT count(*) FROM carrier_deliveries"));
    }
}
