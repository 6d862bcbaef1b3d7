using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Fidelity;

/// <summary>Every link in a response leads to a route, or to the 501 of what is not emulated.</summary>
public sealed class LinkTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Account = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}";

    [Fact]
    public async Task Every_link_leads_to_a_route_or_to_501()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        await server.Api.Messages.SendAsync(
            ("To", NumbersApi.New()), ("MessagingServiceSid", service), ("Body", "Hi"));
        var conversation = await server.Api.CreateAsync("/v1/Conversations");
        await server.Api.CreateAsync($"/v1/Conversations/{conversation}/Messages", ("Body", "Hi"));
        await server.Api.PostJsonAsync(
            "/v1/Content", """{"language":"en","types":{"twilio/text":{"body":"x"}}}""").ExpectAsync(201);
        var links = new List<string>();
        foreach (var path in (string[])
            [$"{Account}.json", $"{Account}/Messages.json", $"{Account}/IncomingPhoneNumbers.json", "/v1/Services",
                "/conversations/v1/Services", "/v1/Configuration", "/v1/Conversations",
                $"/v1/Conversations/{conversation}/Messages", "/v1/Content"])
            links.AddRange(LinksOf((await server.GetAsync(path).ExpectAsync(200)).Body!));

        var dead = new List<string>();
        foreach (var link in links.Distinct())
        {
            var response = await server.GetAsync(link);
            // Such a link is for POST only.
            if (response.Status is not (200 or 405 or 501)) dead.Add($"{link}: {response.Text}");
        }

        Assert.True(links.Count > 40, $"There are only {links.Count} links.");
        Assert.True(dead.Count == 0, string.Join('\n', dead));
    }

    private static IEnumerable<string> LinksOf(JsonNode node) => node switch
    {
        JsonObject all => all.SelectMany(member => (member.Key, member.Value) switch
        {
            ("links" or "subresource_uris", JsonObject links) => links.Select(link => link.Value!.ToString()),
            ("url" or "uri", JsonValue address) => [address.ToString()],
            (_, { } child) => LinksOf(child),
            _ => [],
        }),
        JsonArray items => items.OfType<JsonNode>().SelectMany(LinksOf),
        _ => [],
    };
}
