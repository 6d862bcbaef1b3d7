using System.Text.Json.Nodes;
using MessagingServices.Server.Api.Content;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Content;

/// <summary>WhatsApp's approval of content templates, which follows from the emulator's clock.</summary>
public sealed class ApprovalTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private const string Request = """{"name": "order_1", "category": "utility"}""";

    [Fact]
    public void Every_parameter_is_tried_here() =>
        Field.AssertCovers(typeof(CreateApprovalForm), [], "Name", "Category", "AllowCategoryChange");

    [Fact]
    public async Task An_approval_goes_through_its_states_with_the_clock()
    {
        var sid = await CreateAsync();
        Assert.Equal(("unsubmitted", "", ""), await StateAsync(sid));

        var created = await server.Api.PostJsonAsync(PathOf(sid), Request).ExpectAsync(201);

        Assert.Equal(["name", "category", "content_type", "status", "rejection_reason", "allow_category_change"],
            created.Body.Names());
        Assert.Equal(("order_1", "UTILITY", "twilio/text", "received", "", "true"),
            (created["name"], created["category"], created["content_type"], created["status"],
                created["rejection_reason"], created["allow_category_change"]));
        await AdvanceAsync("PT1S");
        Assert.Equal(("pending", "order_1", "UTILITY"), await StateAsync(sid));
        await AdvanceAsync("PT3S");
        Assert.Equal("pending", (await StateAsync(sid)).Status);
        await AdvanceAsync("PT1S");
        Assert.Equal("approved", (await StateAsync(sid)).Status);
    }

    [Fact]
    public async Task A_template_is_submitted_again_only_after_a_rejection()
    {
        var sid = await CreateAsync();
        await server.Api.PostJsonAsync(PathOf(sid), Request).ExpectAsync(201);

        await server.Api.PostJsonAsync(PathOf(sid), Request).ExpectErrorAsync(409, 20409);
        var rejected = await ForceAsync(sid, ("Status", "rejected"), ("Reason", "INVALID_FORMAT")).ExpectAsync(200);

        Assert.Equal(("rejected", "INVALID_FORMAT", "whatsapp", "order_1"),
            (WhatsApp(rejected, "status"), WhatsApp(rejected, "rejection_reason"), WhatsApp(rejected, "type"),
                WhatsApp(rejected, "name")));
        Assert.Equal(["sid", "account_sid", "whatsapp", "url"], rejected.Body.Names());
        await AdvanceAsync("PT1H");
        Assert.Equal("rejected", (await StateAsync(sid)).Status);
        Assert.Equal("", (await server.Api.PostJsonAsync(PathOf(sid), Request).ExpectAsync(201))["rejection_reason"]);
    }

    [Fact]
    public async Task A_changed_template_must_be_approved_again()
    {
        var sid = await CreateAsync();
        await ForceAsync(sid, ("Status", "approved")).ExpectAsync(200);
        await AdvanceAsync("PT1M");

        var changed = await PutAsync(sid, """{"types": {"twilio/text": {"body": "New"}}}""").ExpectAsync(200);

        Assert.Equal(("Greeting", "en", "New"), (changed["friendly_name"], changed["language"],
            changed.Body!["types"]!["twilio/text"]!["body"]!.ToString()));
        Assert.NotEqual(changed["date_created"], changed["date_updated"]);
        Assert.Equal("""{"1":"friend"}""", changed.Body["variables"]!.ToJsonString());
        Assert.Equal("unsubmitted", (await StateAsync(sid)).Status);
        Assert.Equal(changed.Text, (await server.GetAsync($"/v1/Content/{sid}")).Text);
    }

    [Theory]
    [InlineData("""{"friendly_name": "x"}""")]
    [InlineData("""{"types": {}}""")]
    [InlineData("""{"language": "", "types": {"twilio/text": {"body": "x"}}}""")]
    [InlineData("""{"types": {"twilio/fax": {"body": "x"}}}""")]
    [InlineData("[]")]
    public async Task A_wrong_change_changes_nothing(string json)
    {
        var sid = await CreateAsync();
        var before = (await server.GetAsync($"/v1/Content/{sid}")).Text;

        await PutAsync(sid, json).ExpectErrorAsync(400, 20001);

        Assert.Equal(before, (await server.GetAsync($"/v1/Content/{sid}")).Text);
    }

    [Theory]
    [InlineData("""{"category": "UTILITY"}""")]
    [InlineData("""{"name": "", "category": "UTILITY"}""")]
    [InlineData("""{"name": "Has Blanks", "category": "UTILITY"}""")]
    [InlineData("""{"name": "a"}""")]
    [InlineData("""{"name": "a", "category": "OTHER"}""")]
    [InlineData("""{"name": "a", "category": "UTILITY", "allow_category_change": "yes"}""")]
    public async Task A_wrong_request_for_approval_is_refused(string json)
    {
        var sid = await CreateAsync();

        await server.Api.PostJsonAsync(PathOf(sid), json).ExpectErrorAsync(400, 20001);

        Assert.Equal("unsubmitted", (await StateAsync(sid)).Status);
    }

    [Fact]
    public async Task Other_accounts_and_unknown_states_get_nothing()
    {
        var sid = await CreateAsync();
        using var other = await server.OtherAccountAsync();

        await other.Api.PostJsonAsync(PathOf(sid), Request).ExpectErrorAsync(404, 20404);
        await other.Api.GetAsync($"/v1/Content/{sid}/ApprovalRequests").ExpectErrorAsync(404, 20404);
        await other.Api.PostAsync($"/emulator/v1/Registrations/{sid}", ("Status", "approved"))
            .ExpectErrorAsync(404, 20404);
        await ForceAsync(sid, ("Status", "lost")).ExpectErrorAsync(400, 20001);
        await ForceAsync(sid).ExpectErrorAsync(400, 20001);

        Assert.Equal("unsubmitted", (await StateAsync(sid)).Status);
        Assert.Empty(Contents(await other.Api.GetAsync("/v2/ContentAndApprovals")));
    }

    [Theory]
    [InlineData("ContentName=^ann", "anna,ann")]
    [InlineData("ContentName=^ann$", "ann")]
    [InlineData("Content=b%5Bio%5Dn", "anna,bea")]
    [InlineData("Language=de&Language=fr", "bea,ann")]
    [InlineData("ContentType=twilio/media", "bea")]
    [InlineData("ContentType=twilio/media&ContentType=twilio/text", "anna,bea,ann")]
    [InlineData("ChannelEligibility=whatsapp:approved", "bea")]
    [InlineData("ChannelEligibility=whatsapp:unsubmitted&ChannelEligibility=whatsapp:paused", "anna,ann")]
    [InlineData("SortByDate=asc", "ann,bea,anna")]
    [InlineData("SortByContentName=desc", "bea,anna,ann")]
    [InlineData("SortByContentName=asc&Language=de", "bea")]
    [InlineData("DateCreatedBefore=2000-01-01T00:00:00Z", "")]
    [InlineData("DateCreatedAfter=2000-01-01T00:00:00Z", "anna,bea,ann")]
    public async Task The_search_filters_and_sorts(string query, string names)
    {
        await FillAsync();

        foreach (var path in new[] { "/v2/Content", "/v2/ContentAndApprovals", "/content/v2/Content" })
            Assert.Equal(names, string.Join(',', Names(await server.GetAsync($"{path}?{query}").ExpectAsync(200))));
    }

    [Fact]
    public async Task The_search_has_pages_in_both_directions()
    {
        await FillAsync();

        var first = await server.GetAsync("/v2/Content?SortByContentName=asc&PageSize=2").ExpectAsync(200);
        var second = await server.GetAsync(Next(first, "next_page_url")).ExpectAsync(200);
        var back = await server.GetAsync(Next(second, "previous_page_url")).ExpectAsync(200);

        Assert.Equal(["ann", "anna"], Names(first));
        Assert.Equal(["bea"], Names(second));
        Assert.Equal(["ann", "anna"], Names(back));
        Assert.Null(second.Body!["meta"]!["next_page_url"]);

        static string Next(ApiResponse page, string link) => page.Body!["meta"]![link]!.ToString();
    }

    [Fact]
    public async Task The_search_finds_what_is_far_down_the_list()
    {
        await server.Api.ResetAsync();
        await CreateAsync("deep");
        for (var i = 0; i < 101; i++) await CreateAsync($"high {i}");
        await CreateAsync("deepest");

        var first = await server.GetAsync("/v2/Content?ContentName=^deep&SortByDate=asc&PageSize=1").ExpectAsync(200);
        var second = await server.GetAsync(first.Body!["meta"]!["next_page_url"]!.ToString()).ExpectAsync(200);

        Assert.Equal(["deep"], Names(first));
        Assert.Equal(["deepest"], Names(second));
        Assert.Null(second.Body!["meta"]!["next_page_url"]);
    }

    [Theory]
    [InlineData("7fffffffffffffff")]
    [InlineData("7fffffff")]
    public async Task A_page_behind_the_last_is_empty(string place)
    {
        await FillAsync();

        Assert.Empty(Names(
            await server.GetAsync($"/v2/Content?PageToken=PAHX{new string('0', 32)}{place}").ExpectAsync(200)));
    }

    [Theory]
    [InlineData(0, 1_000)]
    [InlineData(1_000, 0)]
    public void A_regular_expression_that_takes_too_long_is_the_callers_error(int milliseconds, int ofAll)
    {
        var pattern = ContentPattern.Read("(ab|ba){9}c",
            TimeSpan.FromMilliseconds(milliseconds) + TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(ofAll))!;
        var text = string.Concat(Enumerable.Repeat("ab", 100_000)) + "c";

        var error = Assert.Throws<TwilioException>(() => pattern.IsMatch(text)).ApiError;

        Assert.Equal(20001, error.Error.Code);
        Assert.Contains("takes too long", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ContentName=(")]
    [InlineData("ContentName=(a)%5C1")]
    [InlineData("ContentName=((a%7B1,100%7D)%7B1,100%7D)%7B1,100%7D")]
    [InlineData("Content=a%7B11%7Db%7B100,%7D")]
    [InlineData("Content=a%7B99999999999999999999%7D")]
    [InlineData("SortByDate=up")]
    [InlineData("ContentType=twilio/fax")]
    [InlineData("ChannelEligibility=sms:approved")]
    [InlineData("DateCreatedAfter=yesterday")]
    public async Task An_unreadable_search_is_refused(string query) =>
        await server.GetAsync($"/v2/Content?{query}").ExpectErrorAsync(400, 20001);

    [Fact]
    public async Task Lists_show_approvals_and_there_is_no_legacy_content()
    {
        await FillAsync();

        var list = await server.GetAsync("/v1/ContentAndApprovals?PageSize=2").ExpectAsync(200);

        Assert.Equal(["anna", "bea"], Names(list));
        Assert.Equal("approved", Contents(list)[1]!["approval_requests"]!["status"]!.ToString());
        Assert.Null(Contents(list)[0]!["url"]);
        Assert.Empty(Contents(await server.GetAsync("/v1/LegacyContent").ExpectAsync(200)));
    }

    private async Task FillAsync()
    {
        await server.Api.ResetAsync();
        await CreateAsync("ann", "fr", """{"twilio/text": {"body": "bun"}}""");
        await AdvanceAsync("PT1S");
        var bea = await CreateAsync("bea", "de", """{"twilio/media": {"body": "bin", "media": ["http://a.test/b"]}}""");
        await ForceAsync(bea, ("Status", "approved")).ExpectAsync(200);
        await AdvanceAsync("PT1S");
        var anna = await CreateAsync("anna", "en", """{"twilio/text": {"body": "bon"}}""");
        await ForceAsync(anna, ("Status", "paused")).ExpectAsync(200);
    }

    private async Task<string> CreateAsync(
        string name = "Greeting", string language = "en", string types = """{"twilio/text": {"body": "Hi {{1}}"}}""") =>
        (await server.Api.PostJsonAsync("/v1/Content", $$"""
            {"friendly_name": "{{name}}", "language": "{{language}}", "variables": {"1": "friend"}, "types": {{types}}}
            """).ExpectAsync(201))["sid"]!;

    private Task<ApiResponse> ForceAsync(string sid, params (string Name, string Value)[] form) =>
        server.PostAsync($"/emulator/v1/Registrations/{sid}", form);

    private async Task<ApiResponse> PutAsync(string sid, string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        return await ApiResponse.ReadAsync(await server.Http.PutAsync($"/v1/Content/{sid}", content));
    }

    private async Task<(string Status, string Name, string Category)> StateAsync(string sid)
    {
        var fetched = await server.GetAsync($"/v1/Content/{sid}/ApprovalRequests").ExpectAsync(200);
        return (WhatsApp(fetched, "status"), WhatsApp(fetched, "name"), WhatsApp(fetched, "category"));
    }

    private Task<DateTimeOffset> AdvanceAsync(string time) => server.Api.Clock.ChangeAsync(("Advance", time));

    private static string PathOf(string sid) => $"/v1/Content/{sid}/ApprovalRequests/whatsapp";

    private static string WhatsApp(ApiResponse approvals, string member) =>
        approvals.Body!["whatsapp"]![member]!.ToString();

    private static JsonArray Contents(ApiResponse list) => list.Body!["contents"]!.AsArray();

    private static IEnumerable<string> Names(ApiResponse list) =>
        Contents(list).Select(content => content!["friendly_name"]!.ToString());
}
