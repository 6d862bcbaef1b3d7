namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The probe of the reliability tests finds what it looks for.</summary>
public sealed class PipelinePromisesTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task Each_hand_over_of_a_message_is_counted()
    {
        await PipelinePromises.CountHandOversAsync(server.ConnectionString);
        var from = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(from);
        var sid = await server.Api.Messages.SendAsync(("From", from), ("To", NumbersApi.New()), ("Body", "Hello"));
        await server.Api.Messages.UntilAsync(sid, "delivered");
        Assert.Equal(1L, await CountAsync());

        // As if a second server had handed it over.
        await Sql.ScalarAsync(server.ConnectionString,
            $$"""
            UPDATE messages SET status_changes = left(status_changes, -1) || ',{"status": "sending"}]'
            WHERE sid = '{{sid}}'
            """);

        Assert.Equal(2L, await CountAsync());

        Task<object?> CountAsync() => Sql.ScalarAsync(
            server.ConnectionString, $"SELECT count(*) FROM hand_overs WHERE message_sid = '{sid}'");
    }
}
