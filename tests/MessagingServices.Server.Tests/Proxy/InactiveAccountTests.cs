using System.Text;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Proxy;

/// <summary>Tunnels that carried requests of an account end with its right to call.</summary>
public sealed class InactiveAccountTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("suspended")]
    [InlineData("closed")]
    public async Task Tunnels_of_a_suspended_or_closed_account_end(string status)
    {
        using var account = await Subaccount.CreateAsync(server.Api, server.Client, NumbersApi.New());
        using var other = await Subaccount.CreateAsync(server.Api, server.Client, NumbersApi.New());
        await using var tunnel = await OpenAsync(account.Sid, account.Token);
        await using var its = await OpenAsync(other.Sid, other.Token);

        await account.SetStatusAsync(status);

        Assert.Equal("", await tunnel.ReadToEndAsync());
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(its, other.Sid, other.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tunnels_of_a_revoked_key_end()
    {
        var keys = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Keys";
        var key = await server.PostAsync($"{keys}.json", ("FriendlyName", "Key")).ExpectAsync(201);
        await using var tunnel = await OpenAsync(key["sid"]!, key["secret"]!);
        await using var own = await OpenAsync(MessagingServer.AccountSid, MessagingServer.AuthToken);

        await server.DeleteAsync($"{keys}/{key["sid"]}.json").ExpectAsync(204);

        Assert.Equal("", await tunnel.ReadToEndAsync());
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(own, MessagingServer.AccountSid, MessagingServer.AuthToken),
            StringComparison.Ordinal);
    }

    private async Task<RawClient> OpenAsync(string username, string password)
    {
        var client = await RawClient.TunnelAsync(server, "messaging.twilio.com:443");
        await client.UseTlsAsync("messaging.twilio.com", await server.AuthorityAsync());
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(client, username, password), StringComparison.Ordinal);
        return client;
    }

    private static async Task<string> AskAsync(RawClient client, string username, string password)
    {
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{username}:{password}"));
        await client.WriteAsync(
            $"GET /v1/Services HTTP/1.1\r\nHost: messaging.twilio.com\r\nAuthorization: Basic {basic}\r\n\r\n");
        var head = await client.ReadHeadAsync();
        await client.ReadBodyAsync(head);
        return head;
    }
}
