using System.Text.Json.Nodes;
using System.Xml.Linq;
using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>The search for phone numbers that can be provisioned.</summary>
public sealed class AvailablePhoneNumberTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Root = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/AvailablePhoneNumbers";

    [Fact]
    public void Every_parameter_is_tried_here() => Field.AssertCovers(typeof(AvailablePhoneNumberFilter), [],
        [
            "SmsEnabled", "MmsEnabled", "VoiceEnabled", "FaxEnabled", "ExcludeAllAddressRequired",
            "ExcludeLocalAddressRequired", "ExcludeForeignAddressRequired", "Beta", "AreaCode", "Contains",
            "NearNumber", "InRegion", "InLocality",
        ]);

    [Fact]
    public async Task Countries_name_the_types_of_their_numbers()
    {
        var list = await server.GetAsync($"{Root}.json").ExpectAsync(200);
        var us = await server.GetAsync($"{Root}/US.json").ExpectAsync(200);
        var gb = await server.GetAsync($"{Root}/GB.json").ExpectAsync(200);

        Assert.Equal(["countries", "uri"], list.Body.Names());
        Assert.Contains(us.Text, list.Body!["countries"]!.AsArray().Select(country => country!.ToJsonString()));
        Assert.Equal(("US", "United States", "false"), (us["country_code"], us["country"], us["beta"]));
        Assert.Equal(["local", "toll_free"], us.Body!["subresource_uris"].Names());
        Assert.Equal($"{Root}/GB/Mobile.json", gb.Body!["subresource_uris"]!["mobile"]!.ToString());
        await server.GetAsync($"{Root}/ZZ.json").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{Root}/ZZ/Local.json").ExpectErrorAsync(404, 20404);
    }

    [Theory]
    [InlineData("", "Countries", "Country", "CountryCode")]
    [InlineData("/US/Local", "AvailablePhoneNumbers", "AvailablePhoneNumber", "PhoneNumber")]
    public async Task In_xml_a_list_has_its_path_and_its_items(string path, string list, string item, string member)
    {
        var xml = XDocument.Parse((await server.GetAsync($"{Root}{path}").ExpectAsync(200)).Text).Root!.Element(list)!;

        Assert.Equal($"{Root}{path}", xml.Attribute("uri")!.Value);
        Assert.NotEmpty(xml.Elements());
        Assert.All(xml.Elements(), element =>
            Assert.Equal((item, true), (element.Name.LocalName, element.Element(member)!.Value.Length > 0)));
    }

    [Fact]
    public async Task The_same_question_has_the_same_answer_until_a_number_is_bought()
    {
        const string question = $"{Root}/US/Local.json?AreaCode=510&PageSize=3";
        var first = await server.GetAsync(question).ExpectAsync(200);
        var number = Numbers(first)[0];

        Assert.Equal(["available_phone_numbers", "uri"], first.Body.Names());
        Assert.Equal(first.Text, (await server.GetAsync(question)).Text);
        var bought = await server.PostAsync(NumbersApi.Path, ("PhoneNumber", number)).ExpectAsync(201);
        var rest = Numbers(await server.GetAsync(question));

        Assert.Equal(bought.Body!["capabilities"]!.ToJsonString(), Items(first)[0]!["capabilities"]!.ToJsonString());
        Assert.Equal((3, Numbers(first)[1]), (rest.Length, rest[0]));
        Assert.DoesNotContain(number, rest);
        await server.DeleteAsync($"{NumbersApi.Root}/{bought["sid"]}.json").ExpectAsync(204);
        Assert.Equal(first.Text, (await server.GetAsync(question)).Text);
    }

    [Fact]
    public async Task An_item_has_all_members_with_what_is_known_of_its_place()
    {
        var item = Items(await server.GetAsync($"{Root}/US/Local.json?Contains=%2B1415"))[0];
        var mobile = Items(await server.GetAsync($"{Root}/GB/Mobile.json"))[0];

        Assert.Equal(
            [
                "friendly_name", "phone_number", "lata", "locality", "rate_center", "latitude", "longitude", "region",
                "postal_code", "iso_country", "address_requirements", "beta", "capabilities",
            ], item.Names());
        Assert.Equal(("CA", "US", "none"), (item!["region"]!.ToString(), item["iso_country"]!.ToString(),
            item["address_requirements"]!.ToString()));
        Assert.Equal("""{"voice":true,"sms":true,"mms":false}""", mobile!["capabilities"]!.ToJsonString());
        Assert.StartsWith("+447", mobile["phone_number"]!.ToString(), StringComparison.Ordinal);
        Assert.Null(mobile["region"]);
    }

    [Theory]
    [InlineData("US/Local", "AreaCode=212", "^\\+1212")]
    [InlineData("US/Local", "NearNumber=%2B14155550100", "^\\+1415")]
    [InlineData("US/Local", "InRegion=DC", "^\\+1(202|771)")]
    [InlineData("US/Local", "InRegion=ca&Contains=BANK$", "2265$")]
    [InlineData("CA/Local", "InRegion=ON", "^\\+1")]
    [InlineData("US/TollFree", "AreaCode=888", "^\\+1888")]
    [InlineData("US/Local", "InLocality=chicago&InRegion=IL", "^\\+1(312|773|872)")]
    [InlineData("US/Local", "SmsEnabled=true&MmsEnabled=true&VoiceEnabled=true&ExcludeAllAddressRequired=true", "^\\+1")]
    [InlineData("FR/Mobile", "Contains=*00", "00")]
    public async Task Filters_apply(string list, string query, string pattern)
    {
        var numbers = Numbers(await server.GetAsync($"{Root}/{list}.json?{query}&PageSize=5").ExpectAsync(200));

        Assert.Equal(5, numbers.Length);
        Assert.All(numbers, number => Assert.Matches(pattern, number));
    }

    [Theory]
    [InlineData("US/Local", "AreaCode=999")]
    [InlineData("US/Local", "InRegion=ZZ")]
    [InlineData("US/Local", "SmsEnabled=false")]
    [InlineData("US/Local", "FaxEnabled=true")]
    [InlineData("GB/Mobile", "MmsEnabled=true")]
    [InlineData("US/Mobile", "PageSize=5")]
    [InlineData("US/MachineToMachine", "PageSize=5")]
    [InlineData("GB/TollFree", "PageSize=5")]
    public async Task Nothing_is_found_where_nothing_fits(string list, string query) =>
        Assert.Empty(Numbers(await server.GetAsync($"{Root}/{list}.json?{query}").ExpectAsync(200)));

    [Theory]
    [InlineData("AreaCode=four")]
    [InlineData("Contains=1")]
    [InlineData("Contains=1-2")]
    [InlineData("SmsEnabled=perhaps")]
    [InlineData("PageSize=0")]
    public async Task An_unreadable_search_is_refused(string query) =>
        await server.GetAsync($"{Root}/US/Local.json?{query}").ExpectErrorAsync(400, 20001);

    [Fact]
    public async Task A_page_has_50_numbers_unless_it_is_told_otherwise()
    {
        Assert.Equal(50, Numbers(await server.GetAsync($"{Root}/DE/Local.json")).Distinct().Count());
        Assert.Equal(1000, Numbers(await server.GetAsync($"{Root}/US/Local.json?PageSize=5000")).Distinct().Count());
    }

    private static JsonArray Items(ApiResponse list) => list.Body!["available_phone_numbers"]!.AsArray();

    private static string[] Numbers(ApiResponse list) =>
        [.. Items(list).Select(item => item!["phone_number"]!.ToString())];
}
