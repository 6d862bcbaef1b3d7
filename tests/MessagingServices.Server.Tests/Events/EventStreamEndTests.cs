using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Events;

/// <summary>A stream ends when its caller may do nothing any more.</summary>
public sealed class EventStreamEndTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("suspended")]
    [InlineData("closed")]
    public async Task Streams_of_an_account_that_is_suspended_or_closed_end(string status)
    {
        var account = await TestAccount.CreateAsync(server.Http);
        await using var own = await EventStream.OpenAsync(account.Http);
        await using var parents = await EventStream.OpenAsync(server.Http, $"AccountSid={account.Sid}");

        await server.Api.UpdateAsync($"/2010-04-01/Accounts/{account.Sid}.json", ("Status", status));

        await own.EndAsync();
        await parents.EndAsync();
        await account.Api.GetAsync(EventStream.Path).ExpectErrorAsync(403, 20005);
        await server.Api.GetAsync($"{EventStream.Path}?AccountSid={account.Sid}").ExpectErrorAsync(403, 20005);
    }

    [Fact]
    public async Task Streams_of_a_deleted_account_end()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        await using var stream = await EventStream.OpenAsync(account.Http);
        await using var parents = await EventStream.OpenAsync(server.Http, $"AccountSid={account.Sid}");

        await server.Api.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectAsync(204);

        await stream.EndAsync();
        await parents.EndAsync();
    }

    [Fact]
    public async Task Streams_of_a_revoked_key_end_and_those_of_the_token_go_on()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        var key = await account.Api.PostAsync($"/2010-04-01/Accounts/{account.Sid}/Keys.json").ExpectAsync(201);
        using var keyClient = server.Client(key["sid"], key["secret"]);
        await using var ofKey = await EventStream.OpenAsync(keyClient);
        await using var ofToken = await EventStream.OpenAsync(account.Http);

        await account.Api.DeleteAsync($"/2010-04-01/Accounts/{account.Sid}/Keys/{key["sid"]}.json").ExpectAsync(204);

        await ofKey.EndAsync();
        var rule = await account.Api.CreateAsync("/emulator/v1/CarrierRules", ("Outcome", "sent"));
        await ofToken.ExpectAsync("rule.updated", found => found["sid"] == rule);
    }

    [Fact]
    public async Task Streams_of_a_session_end_when_it_is_signed_out_and_those_of_other_sessions_go_on()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        using Browser leaving = new();
        using Browser staying = new();
        using var left = await SignInAsync(leaving);
        using var stayed = await SignInAsync(staying);
        await using var ended = await EventStream.OpenAsync(left);
        await using var other = await EventStream.OpenAsync(stayed);

        await leaving.SendAsync(HttpMethod.Delete, $"{server.Url}/console/session").ExpectAsync(204);

        await ended.EndAsync();
        var rule = await account.Api.CreateAsync("/emulator/v1/CarrierRules", ("Outcome", "sent"));
        await other.ExpectAsync("rule.updated", found => found["sid"] == rule);

        async Task<HttpClient> SignInAsync(Browser browser)
        {
            var cookie = await browser.SignInAsync(server.Url, account.Sid, account.AuthToken);
            var client = server.Client();
            client.DefaultRequestHeaders.Add("Cookie", cookie);
            return client;
        }
    }
}
