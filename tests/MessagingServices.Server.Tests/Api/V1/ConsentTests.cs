using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;
using Npgsql;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>OptOutsApi.ConsentsPath in bulk: https://www.twilio.com/docs/messaging/features/consent-api.</summary>
public sealed class ConsentTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string To = "+14155550123", Other = "+14155550124";

    [Theory]
    [InlineData(OptOutsApi.ConsentsPath)]
    [InlineData("/accounts/v1/Consents/Bulk")]
    public async Task A_recipient_is_opted_out_and_in_of_exactly_what_is_named(string path)
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550001");

        var answer = await server.PostAsync(path, ("Items", OptOutsApi.Item(To, service, correlation: new('a', 32))),
            ("Items", OptOutsApi.Item(To, "+14155550001"))).ExpectAsync(201);

        var result = answer.Body!["items"]![0]!.AsObject();
        Assert.Equal(["correlation_id", "error_code", "error_messages"], result.Select(member => member.Key));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(
            $$"""{"correlation_id":"{{new string('a', 32)}}","error_code":0,"error_messages":[]}"""), result));
        Assert.Equal([$"{To} {service}", $"{To} +14155550001"],
            (await server.Api.OptOuts.ListAsync()).Order(StringComparer.Ordinal).Reverse());
        await server.Api.OptOuts.ConsentAsync(To, service, "opt-in");
        Assert.Equal([$"{To} +14155550001"], await server.Api.OptOuts.ListAsync());
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("+18005550001")]
    [InlineData("rcs:agent")]
    [InlineData("whatsapp:+14155550001")]
    public async Task Any_sender_of_the_account_will_do(string sender)
    {
        await server.Api.ResetAsync();
        await server.Api.Services.CreateWithPoolAsync("12345/US", "+18005550001", "rcs:agent", "whatsapp:+14155550001");

        await server.Api.OptOuts.ConsentAsync(To, sender);

        Assert.Equal([$"{(sender[0] == 'w' ? "whatsapp:" : "")}{To} {sender}"], await server.Api.OptOuts.ListAsync());
    }

    [Theory]
    [InlineData("contact_id", "4155550123", "INVALID_CONTACT_ID")]
    [InlineData("contact_id", "+1 415 555 0123", "INVALID_CONTACT_ID")]
    [InlineData("contact_id", "rcs:+14155550123", "INVALID_CONTACT_ID")]
    [InlineData("contact_id", null, "INVALID_CONTACT_ID")]
    [InlineData("contact_id", 14155550123, "INVALID_CONTACT_ID")]
    [InlineData("correlation_id", "abc", "INVALID_CORRELATION_ID")]
    [InlineData("correlation_id", "gggggggggggggggggggggggggggggggg", "INVALID_CORRELATION_ID")]
    [InlineData("sender_id", "+14155559999", "INVALID_SENDER_ID")]
    [InlineData("sender_id", "MG00000000000000000000000000000000", "INVALID_SENDER_ID")]
    [InlineData("sender_id", "ACME", "INVALID_SENDER_ID")]
    [InlineData("sender_id", "", "INVALID_SENDER_ID")]
    [InlineData("status", "optout", "INVALID_STATUS")]
    [InlineData("status", null, "INVALID_STATUS")]
    [InlineData("source", "rumour", "INVALID_SOURCE")]
    [InlineData("date_of_consent", "yesterday", "INVALID_DATE_OF_CONSENT")]
    [InlineData("date_of_consent", "2026-13-01", "INVALID_DATE_OF_CONSENT")]
    public async Task An_item_that_is_wrong_is_told_and_the_others_hold(string member, object? value, string error)
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateAsync();
        var wrong = JsonNode.Parse(OptOutsApi.Item(To, service))!;
        wrong[member] = value is null ? null : JsonValue.Create(value);

        var answer = await server.PostAsync(OptOutsApi.ConsentsPath, ("Items", wrong.ToJsonString()),
            ("Items", OptOutsApi.Item(Other, service))).ExpectAsync(201);

        Assert.Equal(["30646", "0"], answer.Body!["items"]!.AsArray().Select(item => item!["error_code"]!.ToString()));
        Assert.Equal([error], answer.Body["items"]![0]!["error_messages"]!.AsArray().Select(text => text!.ToString()));
        Assert.Equal([$"{Other} {service}"], await server.Api.OptOuts.ListAsync());
    }

    [Theory]
    [InlineData("2026-11-25")]
    [InlineData("2026-11-25T10:00:00Z")]
    [InlineData("2026-11-25T10:00:00.123+02:00")]
    public async Task A_date_may_be_told(string date)
    {
        var item = JsonNode.Parse(OptOutsApi.Item(To, await server.Api.Services.CreateAsync()))!;
        item["date_of_consent"] = date;

        var answer = await server.PostAsync(OptOutsApi.ConsentsPath, ("Items", item.ToJsonString())).ExpectAsync(201);

        Assert.Equal("0", answer.Body!["items"]![0]!["error_code"]!.ToString());
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_an_item_is_told()
    {
        var answer = await server.PostAsync(OptOutsApi.ConsentsPath, ("Items", "{}")).ExpectAsync(201);

        Assert.Null(answer.Body!["items"]![0]!["correlation_id"]);
        Assert.Equal(["INVALID_CONTACT_ID", "INVALID_CORRELATION_ID", "INVALID_SENDER_ID", "INVALID_STATUS",
            "INVALID_SOURCE"],
            answer.Body["items"]![0]!["error_messages"]!.AsArray().Select(text => text!.ToString()));
    }

    [Fact]
    public async Task Of_several_items_about_one_recipient_and_sender_the_last_holds()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateAsync();

        await server.PostAsync(OptOutsApi.ConsentsPath, ("Items", OptOutsApi.Item(To, service)),
            ("Items", OptOutsApi.Item(Other, service, "opt-in")),
            ("Items", OptOutsApi.Item(To, service, "opt-in")),
            ("Items", OptOutsApi.Item(Other, service))).ExpectAsync(201);

        Assert.Equal([$"{Other} {service}"], await server.Api.OptOuts.ListAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"contact_id\":")]
    [InlineData("{\"status\":\"opt-in\",\"status\":\"opt-out\"}")]
    [InlineData("{\"contact_id\":\"\\ud800\"}")]
    public async Task What_is_no_JSON_object_is_refused_with_all_that_comes_with_it(string item)
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateAsync();

        await server.PostAsync(OptOutsApi.ConsentsPath, ("Items", OptOutsApi.Item(To, service)),
            ("Items", item)).ExpectErrorAsync(400, 20001);

        Assert.Empty(await server.Api.OptOuts.ListAsync());
    }

    [Fact]
    public async Task There_must_be_an_item_and_at_most_a_thousand()
    {
        await server.PostAsync(OptOutsApi.ConsentsPath).ExpectErrorAsync(400, 20001);
        await server.PostAsync(OptOutsApi.ConsentsPath, ("Item", "{}")).ExpectErrorAsync(400, 20001);
        await server.PostAsync(OptOutsApi.ConsentsPath,
            [.. Enumerable.Repeat(("Items", "{}"), 1_001)]).ExpectErrorAsync(400, 20001);
        await server.PostAsync(OptOutsApi.ConsentsPath,
            [.. Enumerable.Repeat(("Items", "{}"), 1_000)]).ExpectAsync(201);
    }

    [Fact]
    public async Task Another_accounts_senders_and_services_cannot_be_named_nor_are_its_opt_outs_seen()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550001");
        await server.Api.OptOuts.ConsentAsync(To, service);
        using var other = await server.OtherAccountAsync();

        foreach (var sender in new[] { service, "+14155550001" })
        {
            var answer = await other.Api.RequestAsync(HttpMethod.Post, OptOutsApi.ConsentsPath,
                ("Items", OptOutsApi.Item(To, sender, "opt-in"))).ExpectAsync(201);
            Assert.Equal("30646", answer.Body!["items"]![0]!["error_code"]!.ToString());
        }

        Assert.Equal([$"{To} {service}"], await server.Api.OptOuts.ListAsync());
        Assert.Empty(await other.Api.OptOuts.ListAsync());
    }

    [Fact]
    public async Task Many_at_once_about_the_same_recipients_are_all_taken()
    {
        await server.Api.ResetAsync();
        await server.Api.Services.CreateWithPoolAsync("+14155550001", "+14155550002");
        var numbers = Enumerable.Range(0, 40).Select(i => $"+1415555{1000 + i}").ToList();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(round => server.PostAsync(OptOutsApi.ConsentsPath,
            [.. numbers.OrderBy(number => number[^1] * round % 7).SelectMany((number, i) => Enumerable.Range(1, 2)
                .Select(sender => ("Items",
                    OptOutsApi.Item(number, $"+1415555000{sender}",
                        (round + i) % 2 == 0 ? "opt-in" : "opt-out"))))]).ExpectAsync(201)));

        await server.PostAsync(OptOutsApi.ConsentsPath,
            [.. numbers.Select(number => ("Items", OptOutsApi.Item(number, "+14155550001")))]).ExpectAsync(201);
        Assert.Equal(40, (await server.Api.OptOuts.ListAsync("?From=%2B14155550001")).Length);
    }

    [Fact]
    public async Task It_takes_credentials()
    {
        using var anonymous = server.Client();

        await anonymous.Api.RequestAsync(HttpMethod.Post, OptOutsApi.ConsentsPath, ("Items", "{}"))
            .ExpectErrorAsync(401,
            20003);
    }

    [Fact]
    public async Task Another_accounts_messaging_service_is_not_even_waited_for()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550001");
        using var other = await server.OtherAccountAsync();
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var busy = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand($"SELECT 1 FROM messaging_services WHERE sid = '{service}' FOR UPDATE",
            connection, busy);
        await hold.ExecuteNonQueryAsync();

        var answer = await other.Api.RequestAsync(HttpMethod.Post, OptOutsApi.ConsentsPath,
            ("Items", OptOutsApi.Item(To, service))).ExpectAsync(201);

        Assert.Equal("30646", answer.Body!["items"]![0]!["error_code"]!.ToString());
    }
}
