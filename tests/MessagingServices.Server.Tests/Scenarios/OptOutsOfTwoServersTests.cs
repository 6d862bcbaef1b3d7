using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Two servers on one PostgreSQL: an opt-out on one of them applies on the other at once.</summary>
[Collection(typeof(PairOfServers))]
public sealed class OptOutsOfTwoServersTests(TwoServers servers)
{
    [Fact]
    public async Task An_opt_out_made_on_one_holds_on_the_other_at_once()
    {
        var (one, other) = await servers.NewAccountAsync();
        const string number = "+14155550171";
        var service = await one.Api.Services.CreateWithPoolAsync(number);
        await one.Api.UpdateAsync($"/v1/Services/{service}", ("SynchronousValidation", "true"));
        // What servers keep in memory for a second is fresh on both.
        foreach (var http in new[] { one.Http, other.Http })
            Assert.Equal(201, await SendAsync(http, "+14155557000", ("MessagingServiceSid", service)));

        for (var i = 1; i <= 20; i++)
        {
            var to = $"+1415555{7000 + i}";
            var (here, there) = i % 2 == 0 ? (one.Http, other.Http) : (other.Http, one.Http);
            Assert.Equal(201, await SendAsync(there, to, ("From", number)));
            await here.Api.OptOuts.ConsentAsync(to, service);
            Assert.Equal((400, 400),
                (await SendAsync(there, to, ("From", number)),
                    await SendAsync(there, to, ("MessagingServiceSid", service))));
            await there.Api.OptOuts.ConsentAsync(to, service, "opt-in");
            Assert.Equal(201, await SendAsync(here, to, ("From", number)));
        }
    }

    private static async Task<int> SendAsync(HttpClient http, string to, (string, string) sender)
    {
        var answer = await http.Api.PostAsync(MessagesApi.Path, sender, ("To", to), ("Body", "Hello"));
        Assert.Equal(answer.Status == 201 ? null : "21610", answer["code"]);
        return answer.Status;
    }
}
