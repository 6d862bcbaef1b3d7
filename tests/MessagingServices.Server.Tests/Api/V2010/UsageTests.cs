using System.Globalization;
using System.Text.Json.Nodes;
using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>Balance and usage, which follow from the messages.</summary>
public sealed class UsageTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private const string Account = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}";
    private const string Records = $"{Account}/Usage/Records";

    private const decimal Full = 1000;

    [Fact]
    public void Every_parameter_is_tried_here() =>
        Field.AssertCovers(typeof(UsageRecordFilter), [], "IncludeSubaccounts", "Category", "StartDate", "EndDate");

    [Fact]
    public async Task Messages_cost_money_and_count_in_their_categories()
    {
        await server.Api.ResetAsync();
        var number = await server.Api.Numbers.CreateNewAsync();
        await using var media = await MediaServer.StartAsync();
        await SendAsync(number, ("Body", new string('a', 170)));
        await SendAsync(number, ("MediaUrl", media.PictureUrl));
        await server.Api.Messages.OpenWindowAsync("+14155550199", number);

        var records = await ReadAsync("Today.json");
        var prices = await server.GetAsync(MessagesApi.Path);
        var spent = -prices.Body!["messages"]!.AsArray().Sum(message => Decimal(message!["price"]!));

        Assert.Equal(
            ("2", "3", "messages", "segments"),
            (records["sms"]["count"]!.ToString(), records["sms"]["usage"]!.ToString(),
                records["sms"]["count_unit"]!.ToString(), records["sms"]["usage_unit"]!.ToString()));
        Assert.Equal(("1", "1", "0", "1", "0"), (Count("sms-inbound-longcode"), Count("sms-outbound-longcode"),
            Count("sms-outbound-shortcode"), Count("mms-outbound"), Count("channels")));
        Assert.Equal(spent, Decimal(records["totalprice"]["price"]!));
        Assert.Equal(spent, Full - await BalanceAsync());
        Assert.True(spent > 0);

        string Count(string category) => records[category]["count"]!.ToString();
    }

    [Fact]
    public async Task Deleted_messages_still_count_and_cost_what_they_cost()
    {
        await server.Api.ResetAsync();
        var number = await server.Api.Numbers.CreateNewAsync();
        await using var media = await MediaServer.StartAsync();
        await SendAsync(number, ("Body", new string('a', 170)));
        await SendAsync(number, ("Body", "Hi"));
        await SendAsync(number, ("MediaUrl", media.PictureUrl));
        await server.Api.Messages.OpenWindowAsync("+14155550198", number);
        await AdvanceAsync("PT1M");
        var before = await ReadAsync("Today.json");
        var spent = Decimal(before["totalprice"]["price"]!);

        foreach (var message in (await server.GetAsync(MessagesApi.Path)).Body!["messages"]!.AsArray())
            await server.DeleteAsync(MessagesApi.PathOf(message!["sid"]!.ToString())).ExpectAsync(204);

        Assert.Empty((await server.GetAsync(MessagesApi.Path)).Body!["messages"]!.AsArray());
        Assert.Equal("3", before["sms"]["count"]!.ToString());
        foreach (var list in new[] { "Today.json", "AllTime.json", "ThisMonth.json" })
            Assert.Equal(Facts(before), Facts(await ReadAsync(list)));
        await Eventually.ValueAsync(BalanceAsync, balance => balance == Full - spent, balance => $"{balance}");
        await AdvanceAsync("P1D");
        Assert.Equal("3", (await ReadAsync("Yesterday.json"))["sms"]["count"]!.ToString());
        Assert.Equal("0", (await ReadAsync("Today.json"))["sms"]["count"]!.ToString());
        await server.Api.ResetAsync();
        Assert.Equal("0", (await ReadAsync("AllTime.json"))["sms"]["count"]!.ToString());

        static IEnumerable<string> Facts(Dictionary<string, JsonNode> records) => records
            .OrderBy(record => record.Key, StringComparer.Ordinal)
            .Select(record =>
                $"{record.Key} {record.Value["count"]} {record.Value["usage"]} {record.Value["price"]}");
    }

    [Fact]
    public async Task Days_months_and_the_whole_time_are_told_apart_by_the_clock()
    {
        await server.Api.ResetAsync();
        var number = await server.Api.Numbers.CreateNewAsync();
        await SendAsync(number, ("Body", "first"));
        var first = await server.Api.Clock.NowAsync();
        await AdvanceAsync("P1D");
        await SendAsync(number, ("Body", "second"));
        await SendAsync(number, ("Body", "third"));

        Assert.Equal("2", (await ReadAsync("Today.json"))["sms"]["count"]!.ToString());
        Assert.Equal("1", (await ReadAsync("Yesterday.json"))["sms"]["count"]!.ToString());
        Assert.Equal("3", (await ReadAsync("AllTime.json"))["sms"]["count"]!.ToString());
        Assert.Equal("3", (await ReadAsync("../Records.json"))["sms"]["count"]!.ToString());
        Assert.Equal("0", (await ReadAsync("LastMonth.json?EndDate=2001-01-01"))["sms"]["count"]!.ToString());
        var day = first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal("1",
            (await ReadAsync($"../Records.json?StartDate={day}&EndDate={day}"))["sms"]["count"]!.ToString());
        var daily = await ListAsync("Daily.json?Category=sms&StartDate=-1days");
        Assert.Equal(["2", "1"], daily.Select(record => record["count"]!.ToString()));
        Assert.Equal(day, daily[1]["start_date"]!.ToString());
        Assert.Equal("3", (await ListAsync("Yearly.json?Category=sms&StartDate=2000-01-01"))
            .Sum(record => int.Parse(record["count"]!.ToString(), CultureInfo.InvariantCulture))
            .ToString(CultureInfo.InvariantCulture));
        Assert.Equal(2, (await ListAsync("Monthly.json?Category=sms&StartDate=2024-01-15&EndDate=2024-02-03")).Count);
    }

    [Fact]
    public async Task The_list_has_pages()
    {
        var first = await server.GetAsync($"{Records}/Daily.json?StartDate=-400days&Category=mms&PageSize=3")
            .ExpectAsync(200);
        var second = await server.GetAsync(first["next_page_uri"]!).ExpectAsync(200);
        var back = await server.GetAsync(second["previous_page_uri"]!).ExpectAsync(200);

        List<string> days = [.. Days(first), .. Days(second)];
        Assert.Equal(6, days.Distinct().Count());
        Assert.Equal(days.OrderDescending(StringComparer.Ordinal), days);
        Assert.Equal(Days(first), Days(back));

        static IEnumerable<string> Days(ApiResponse page) =>
            page.Body!["usage_records"]!.AsArray().Select(record => record!["start_date"]!.ToString());
    }

    [Theory]
    [InlineData("AllTime")]
    [InlineData("Daily")]
    [InlineData("Monthly")]
    public async Task A_range_that_ends_before_it_starts_is_404_as_at_Twilio(string list) =>
        await server.GetAsync($"{Records}/{list}.json?StartDate=2024-03-02&EndDate=2024-02-01")
            .ExpectErrorAsync(404, 20404);

    [Theory]
    [InlineData("StartDate=yesterday")]
    [InlineData("EndDate=2024-13-01")]
    [InlineData("StartDate=-123456days")]
    [InlineData("IncludeSubaccounts=perhaps")]
    [InlineData("Category=Sms")]
    [InlineData("Category=nothing-of-Twilios")]
    public async Task Unreadable_filters_are_refused(string query) =>
        await server.GetAsync($"{Records}.json?{query}").ExpectErrorAsync(400, 20001);

    [Fact]
    public async Task A_category_of_another_product_was_not_used()
    {
        var record = Assert.Single(await ListAsync("AllTime.json?Category=calls-inbound-local"));

        Assert.Equal(("calls-inbound-local", "0", "0", "0"), (record["category"]!.ToString(),
            record["count"]!.ToString(), record["usage"]!.ToString(), record["price"]!.ToString()));
    }

    [Fact]
    public async Task Accounts_do_not_see_each_other()
    {
        using var other = await server.OtherAccountAsync();
        await other.Api.GetAsync($"{Account}/Balance.json").ExpectErrorAsync(401, 20003);
        var own = Account.Replace(MessagingServer.AccountSid, OtherAccount.SidOf(other), StringComparison.Ordinal);

        Assert.Equal("1000.00", (await other.Api.GetAsync($"{own}/Balance.json").ExpectAsync(200))["balance"]);
    }

    [Fact]
    public async Task The_balance_follows_new_messages_in_seconds_and_a_reset_at_once()
    {
        await server.Api.ResetAsync();
        Assert.Equal(Full, await BalanceAsync());
        await SendAsync(await server.Api.Numbers.CreateNewAsync(), ("Body", "Hi"));

        await Eventually.ValueAsync(BalanceAsync, balance => balance < Full, balance => $"{balance}");
        await server.Api.ResetAsync();

        Assert.Equal(Full, await BalanceAsync());
    }

    private async Task<decimal> BalanceAsync()
    {
        var balance = await server.GetAsync($"{Account}/Balance.json").ExpectAsync(200);
        Assert.Equal((MessagingServer.AccountSid, "USD"), (balance["account_sid"], balance["currency"]));
        return decimal.Parse(balance["balance"]!, CultureInfo.InvariantCulture);
    }

    private async Task SendAsync(string from, params (string Name, string Value)[] form)
    {
        await server.Api.Messages.SendAsync([("From", from), ("To", "+14155550198"), .. form]);
        await AdvanceAsync("PT1S");
    }

    private async Task<List<JsonNode>> ListAsync(string list) =>
    [
        .. (await server.GetAsync(list.StartsWith("../Records", StringComparison.Ordinal)
            ? $"{Account}/Usage/{list[3..]}" : $"{Records}/{list}").ExpectAsync(200))
            .Body!["usage_records"]!.AsArray().Select(record => record!),
    ];

    private async Task<Dictionary<string, JsonNode>> ReadAsync(string list) =>
        (await ListAsync(list)).ToDictionary(record => record["category"]!.ToString());

    private static decimal Decimal(JsonNode text) => decimal.Parse(text.ToString(), CultureInfo.InvariantCulture);

    private Task<DateTimeOffset> AdvanceAsync(string time) => server.Api.Clock.ChangeAsync(("Advance", time));
}
