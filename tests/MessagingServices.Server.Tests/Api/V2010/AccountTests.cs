using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>The caller's own account, which tools fetch to check their credentials.</summary>
public sealed class AccountTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Own = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}";

    [Fact]
    public async Task The_own_account_is_active_and_full()
    {
        var account = await server.GetAsync($"{Own}.json").ExpectAsync(200);

        Assert.Equal(
            (MessagingServer.AccountSid, MessagingServer.AuthToken, "active", "Full", $"{Own}.json"),
            (account["sid"], account["auth_token"], account["status"], account["type"], account["uri"]));
        var lists = account.Body!["subresource_uris"]!;
        foreach (var name in (string[])["messages", "incoming_phone_numbers", "short_codes"])
            await server.GetAsync(lists[name]!.ToString()).ExpectAsync(200);
        Assert.Contains("<Account><Sid>", (await server.GetAsync(Own)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_account_is_401()
    {
        using var other = await server.OtherAccountAsync();

        await other.Api.GetAsync($"{Own}.json").ExpectErrorAsync(401, 20003);
        Assert.Equal(
            OtherAccount.SidOf(other),
            (await other.Api.GetAsync($"/2010-04-01/Accounts/{OtherAccount.SidOf(other)}.json"))["sid"]);
    }
}
