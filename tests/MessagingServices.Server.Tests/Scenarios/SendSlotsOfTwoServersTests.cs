using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A message keeps its send slot on any server, and after a restart.</summary>
public sealed class SendSlotsOfTwoServersTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Turns_given_by_a_server_that_has_gone_are_kept_by_the_one_that_hands_over()
    {
        string[] options = ["--Clock:Frozen", "true", "--Throughput:Simulate", "true"];
        List<string> sids = [];
        await using (var selecting = await ServerUnderTest.StartAsync(database.ConnectionString,
            ["--Pipeline:Stages", "SelectSenders", .. options]))
        {
            var service = await selecting.Api.Services.CreateWithPoolAsync("+14155550181");
            for (var i = 0; i < 3; i++)
            {
                sids.Add(await selecting.Api.Messages.SendAsync(("MessagingServiceSid", service),
                    ("To", $"+1415555138{i}"), ("Body", "Hi")));
                await selecting.Api.Messages.UntilAsync(sids[^1], "queued");
            }

            Assert.Equal(0, await selecting.StopAsync());
        }

        await using var handing = await ServerUnderTest.StartAsync(database.ConnectionString, options);
        await handing.Api.Clock.ChangeAsync(("Advance", "PT1M"));

        List<DateTimeOffset> turns = [];
        foreach (var sid in sids)
        {
            await handing.Api.Messages.UntilAsync(sid, "delivered");
            var timeline = await ApiResponse.ReadAsync(
                await handing.Http.GetAsync($"/emulator/v1/Messages/{sid}/Timeline"));
            turns.Add(DateTimeOffset.Parse((string)timeline.Body!["statuses"]!.AsArray()
                .Single(step => (string)step!["status"]! == "sending")!["date"]!, null));
        }

        Assert.Equal([0, 1, 2], turns.Select(turn => (int)Math.Round((turn - turns[0]).TotalSeconds)));
    }
}
