using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>Opt-outs as a resource: list and delete. Twilio has no API for them.</summary>
public sealed class OptOutTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string To =
        "+14155550123", Other = "+14155550124", Number = "+14155550001", WhatsApp = "whatsapp:+14155550001";

    [Fact]
    public async Task An_opt_out_tells_of_whom_from_whom_how_and_when()
    {
        var service = await OptOutAsync();

        var list = await server.GetAsync(OptOutsApi.Path).ExpectAsync(200);

        Assert.Equal("opt_outs", list.Body!["meta"]!["key"]!.ToString());
        var (newest, oldest) = (list.Body["opt_outs"]![0]!, list.Body["opt_outs"]![3]!);
        Assert.Equal(["to", "from", "messaging_service_sid", "channel", "source", "date_created"], newest.Names());
        Assert.Equal(($"whatsapp:{To}", WhatsApp, null, "whatsapp", "consent"),
            (newest["to"]!.ToString(), newest["from"]?.ToString(),
            newest["messaging_service_sid"]?.ToString(), newest["channel"]!.ToString(), newest["source"]!.ToString()));
        Assert.Equal((To, null, service, "sms"), (oldest["to"]!.ToString(), oldest["from"]?.ToString(),
            oldest["messaging_service_sid"]?.ToString(), oldest["channel"]!.ToString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", newest["date_created"]!.ToString());
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("To=%2B14155550123", 3)]
    [InlineData("To=whatsapp:%2B14155550123", 1)]
    [InlineData("To=rcs:%2B14155550123", 2)]
    [InlineData("From=%2B14155550001", 1)]
    [InlineData("From=(415)+555-0001", 1)]
    [InlineData("From=whatsapp:%2B14155550001", 1)]
    [InlineData("MessagingServiceSid=SERVICE", 2)]
    [InlineData("MessagingServiceSid=SERVICE&To=%2B14155550124", 1)]
    [InlineData("MessagingServiceSid=SERVICE&From=%2B14155550001", 0)]
    [InlineData("To=%2B14155550199", 0)]
    [InlineData("To=nobody", 0)]
    public async Task Filters_choose_the_same_for_listing_and_removing(string filter, int count)
    {
        var service = await OptOutAsync();
        var query = "?" + filter.Replace("SERVICE", service, StringComparison.Ordinal);
        var all = await server.Api.OptOuts.ListAsync();

        var chosen = await server.Api.OptOuts.ListAsync(query);

        Assert.Equal(count, chosen.Length);
        if (filter.Length == 0) return;
        await server.DeleteAsync(OptOutsApi.Path + query).ExpectAsync(204);
        Assert.Equal(all.Except(chosen), await server.Api.OptOuts.ListAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?To=")]
    [InlineData("?To=&From=&MessagingServiceSid=")]
    [InlineData("?Anything=else")]
    public async Task Removing_takes_a_filter(string query)
    {
        await OptOutAsync();

        var refused = await server.DeleteAsync(OptOutsApi.Path + query).ExpectErrorAsync(400, 20001);

        Assert.Equal("One of To, MessagingServiceSid and From is required", refused["message"]);
        Assert.Equal(4, (await server.Api.OptOuts.ListAsync()).Length);
    }

    [Fact]
    public async Task A_malformed_SID_is_refused() =>
        await server.GetAsync($"{OptOutsApi.Path}?MessagingServiceSid=MG1").ExpectErrorAsync(400, 20001);

    [Fact]
    public async Task Another_account_removes_none_of_them()
    {
        await OptOutAsync();
        using var other = await server.OtherAccountAsync();

        await other.Api.RequestAsync(HttpMethod.Delete, $"{OptOutsApi.Path}?To=%2B14155550123").ExpectAsync(204);

        Assert.Equal(4, (await server.Api.OptOuts.ListAsync()).Length);
    }

    [Fact]
    public async Task Pages_lead_to_all_of_them()
    {
        await OptOutAsync();
        List<string> seen = [];

        for (var page = $"{OptOutsApi.Path}?PageSize=3"; page is not null;)
        {
            var answer = await server.GetAsync(page).ExpectAsync(200);
            seen.AddRange(answer.Body!["opt_outs"]!.AsArray()
                .Select(optOut => $"{optOut!["to"]} {optOut["from"] ?? optOut["messaging_service_sid"]}"));
            page = answer.Body["meta"]!["next_page_url"]?.ToString();
        }

        Assert.Equal(await server.Api.OptOuts.ListAsync(), seen);
    }

    [Fact]
    public async Task Those_of_a_deleted_service_go_with_it()
    {
        var service = await OptOutAsync();

        await server.DeleteAsync($"/v1/Services/{service}").ExpectAsync(204);

        Assert.Equal([$"whatsapp:{To} {WhatsApp}", $"{To} {Number}"], await server.Api.OptOuts.ListAsync());
    }

    [Fact]
    public async Task A_reset_of_messages_removes_them_and_keeps_the_keywords_of_services()
    {
        var service = await OptOutAsync();
        var settings = $"/emulator/v1/Services/{service}/AdvancedOptOut";
        await server.PostAsync(settings, ("Enabled", "true")).ExpectAsync(200);

        await server.PostAsync("/emulator/v1/Reset").ExpectAsync(204);

        Assert.Empty(await server.Api.OptOuts.ListAsync());
        Assert.Equal("true", (await server.GetAsync(settings).ExpectAsync(200))["enabled"]);
    }

    private async Task<string> OptOutAsync()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number, WhatsApp);
        await server.Api.OptOuts.ConsentAsync(To, service);
        await server.Api.OptOuts.ConsentAsync(Other, service);
        await server.Api.OptOuts.ConsentAsync(To, Number);
        await server.Api.OptOuts.ConsentAsync(To, WhatsApp);
        return service;
    }
}
