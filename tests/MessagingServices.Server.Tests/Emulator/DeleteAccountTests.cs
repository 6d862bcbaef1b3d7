using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Emulator;

/// <summary>A subaccount is deleted with all that is its own.</summary>
public sealed class DeleteAccountTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Handset = "+14155552671";

    [Fact]
    public async Task Its_credentials_are_unknown_and_no_table_has_a_row_of_it()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        using var account = await NewAsync();
        using var other = await NewAsync();
        var key = await server.PostAsync($"/2010-04-01/Accounts/{account.Sid}/Keys.json").ExpectAsync(201);
        await FillAsync(account, receiver.Url);
        await FillAsync(other, receiver.Url);
        // Those of its status callbacks are still being stored.
        var before = await RowsAsync(other.Sid, except: "webhooks");
        Assert.True((await RowsAsync(account.Sid)).Count >= 15, "Too few tables have rows: fill more of them.");

        await server.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectAsync(204);

        await account.Api.GetAsync("/v1/Services").ExpectErrorAsync(401, 20003);
        using var byKey = server.Client(key["sid"], key["secret"]);
        await byKey.Api.GetAsync("/v1/Services").ExpectErrorAsync(401, 20003);
        await server.GetAsync($"/2010-04-01/Accounts/{account.Sid}.json").ExpectErrorAsync(401, 20003);
        await server.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectErrorAsync(404, 20404);
        var left = await RowsAsync(account.Sid);
        left.Remove("account_tasks");
        Assert.Empty(left);
        Assert.Equal(before, await RowsAsync(other.Sid, except: "webhooks"));
        await Eventually.TrueAsync(
            async () => (await RowsAsync(account.Sid)).Count == 0, () => "The task does not end",
            TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Only_its_parent_deletes_it_and_no_main_account_is_deleted()
    {
        using var account = await NewAsync();
        using var sibling = await NewAsync();

        await account.Api.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectErrorAsync(403, 20403);
        await sibling.Api.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"/emulator/v1/Accounts/{MessagingServer.AccountSid}").ExpectErrorAsync(403, 20403);
        await account.SetStatusAsync("closed");
        await server.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectAsync(204);
    }

    [Fact]
    public async Task A_wait_of_it_ends()
    {
        using var account = await NewAsync();
        var waiting = account.Api.GetAsync(MessagesApi.WaitPath(("To", "+14155550000"), ("Timeout", "60")));

        await server.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectAsync(204);

        Assert.Equal(401, (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Status);
    }

    private static async Task FillAsync(Subaccount account, string callback)
    {
        await account.Api.PostAsync("/emulator/v1/CarrierRules", ("To", "+1999*"), ("Times", "5")).ExpectAsync(201);
        var sid = await account.SendAsync(Handset, ("StatusCallback", callback));
        await account.UntilAsync(sid, "delivered");
        await account.Api.PostAsync(
            $"/2010-04-01/Accounts/{account.Sid}/Messages/{sid}/Feedback.json", ("Outcome", "confirmed"))
            .ExpectAsync(200);
        await account.SendAsync(Handset, ("ScheduleType", "fixed"),
            ("SendAt", ClockApi.Iso(TimeProvider.System.GetUtcNow().AddHours(2))));
        await account.Api.PostAsync("/emulator/v1/InboundMessages",
            ("From", Handset), ("To", account.Number), ("Body", "STOP")).ExpectAsync(201);
        await account.Api.PostAsync("/emulator/v1/ShortCodes", ("ShortCode", "55501"), ("IsoCountry", "US"))
            .ExpectAsync(201);
        await account.Api.PostJsonAsync("/v2/Channels/Senders", """{"sender_id": "whatsapp:+14155550150"}""")
            .ExpectAsync(202);
        await account.Api.PostAsync($"/2010-04-01/Accounts/{account.Sid}/Applications.json", ("FriendlyName", "App"))
            .ExpectAsync(201);
        await account.Api.PostJsonAsync("/v1/Content",
            """{"friendly_name": "a", "language": "en", "types": {"twilio/text": {"body": "Hi"}}}""").ExpectAsync(201);
        var conversation = (await account.Api.PostAsync("/v1/Conversations").ExpectAsync(201))["sid"]!;
        await account.Api.PostAsync($"/v1/Conversations/{conversation}/Participants",
            ("MessagingBinding.Address", "+14155552699"), ("MessagingBinding.ProxyAddress", account.Number))
            .ExpectAsync(201);
        await account.Api.PostAsync($"/v1/Conversations/{conversation}/Messages", ("Body", "Hi")).ExpectAsync(201);
    }

    /// <summary>How many rows of an account each table has that names accounts, found in the model.</summary>
    private async Task<SortedDictionary<string, long>> RowsAsync(string account, string except = "")
    {
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<MessagingDb>>()
            .CreateDbContextAsync();
        SortedDictionary<string, long> rows = new(StringComparer.Ordinal);
        foreach (var table in db.Model.GetEntityTypes().Where(type => type.FindProperty("AccountSid") is not null)
            .Select(type => type.GetTableName()!).Append("accounts").Distinct().Where(name => name != except))
        {
            var column = table == "accounts" ? "sid" : "account_sid";
            var count = (long)(await Sql.ScalarAsync(server.ConnectionString,
                $"SELECT count(*) FROM {table} WHERE {column} = '{account}'"))!;
            if (count > 0) rows.Add(table, count);
        }

        return rows;
    }

    private Task<Subaccount> NewAsync() =>
        Subaccount.CreateAsync(server.Api, (sid, token) => server.Client(sid, token));
}
