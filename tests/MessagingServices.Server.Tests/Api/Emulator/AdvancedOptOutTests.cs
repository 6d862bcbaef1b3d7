using System.Text.Json.Nodes;
using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>The keywords and replies of a Messaging Service as a resource.</summary>
public sealed class AdvancedOptOutTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly Field[] Table =
    [
        new("OptOutKeywords", "stop, ALTO ,,alto", "opt_out_keywords", """["stop","ALTO"]"""),
        new("OptInKeywords", "ALTA", "opt_in_keywords", """["START","UNSTOP","ALTA"]"""),
        new("HelpKeywords", "HELP,AYUDA", "help_keywords", """["HELP","AYUDA"]"""),
        new("OptOutReply", "Adiós", "opt_out_reply", "\"Adiós\""),
        new("OptInReply", "", "opt_in_reply", "\"\""),
        new("HelpReply", "¿?", "help_reply", "\"¿?\""),
    ];

    public static TheoryData<Field> Fields => [.. Table];

    [Fact]
    public void Every_parameter_is_in_the_table() =>
        Field.AssertCovers(typeof(AdvancedOptOutForm), Table, triedElsewhere: ["Enabled", "IsoCountry", "Language"]);

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_of_the_standard_set_changes_itself_and_nothing_else(Field field)
    {
        var path = await NewAsync();
        var before = (await server.GetAsync(path).ExpectAsync(200)).Body!["standard"]!;

        var after = await server.PostAsync(path, (field.Name, field.Sent)).ExpectAsync(200);

        foreach (var other in Table)
        {
            var expected = other == field ? field.Expected : before[other.Member]!.ToJsonString();
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), after.Body!["standard"]![other.Member]),
                $"{other.Member} in {after.Text}");
        }

        Assert.Equal(after.Text, (await server.GetAsync(path).ExpectAsync(200)).Text);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_of_an_override_stands_there_alone(Field field)
    {
        var path = await NewAsync();
        // Nothing but START and UNSTOP, which the standard set has in any case, makes another list of it.
        var expected = field.Name == "OptInKeywords" ? """["ALTA"]""" : field.Expected;

        var after = await server.PostAsync(path, (field.Name, field.Sent), ("IsoCountry", "es"), ("Language", "es-ES"),
            ("HelpReply", field.Name == "HelpReply" ? field.Sent : "x"))
            .ExpectAsync(200);

        var made = Assert.Single(after.Body!["overrides"]!.AsArray())!;
        Assert.Equal(("ES", "es-ES"), (made["iso_country"]!.ToString(), made["language"]!.ToString()));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), made[field.Member]), after.Text);
    }

    [Fact]
    public async Task At_first_the_default_keywords_stand_there_and_are_not_enabled()
    {
        var path = await NewAsync();

        var answer = await server.GetAsync(path).ExpectAsync(200);

        Assert.Equal(["service_sid", "enabled", "standard", "overrides"], answer.Body.Names());
        Assert.Equal((path.Split('/')[4], "false", "[]"),
            (answer["service_sid"], answer["enabled"], answer["overrides"]));
        Assert.Equal(Table.Select(field => field.Member), answer.Body!["standard"].Names());
        Assert.Equal("STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT",
            string.Join(' ', answer.Body["standard"]!["opt_out_keywords"]!.AsArray().Select(word => word!.ToString())));
        Assert.Equal("Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
            answer.Body["standard"]!["help_reply"]!.ToString());
    }

    [Fact]
    public async Task It_is_switched_on_and_off_and_what_was_set_stays()
    {
        var path = await NewAsync();

        Assert.Equal("true", (await server.PostAsync(path, ("Enabled", "True"),
            ("OptOutReply", "Bye")).ExpectAsync(200))["enabled"]);
        Assert.Equal("true", (await server.PostAsync(path, ("HelpReply", "x")).ExpectAsync(200))["enabled"]);
        var off = await server.PostAsync(path, ("Enabled", "false")).ExpectAsync(200);

        Assert.Equal(("false", "Bye"), (off["enabled"], off.Body!["standard"]!["opt_out_reply"]!.ToString()));
    }

    [Fact]
    public async Task Overrides_are_for_a_country_a_language_or_both_and_go_when_they_are_empty()
    {
        var path = await NewAsync();
        await server.PostAsync(path, ("IsoCountry", "FR"), ("OptOutKeywords", "ARRET"),
            ("OptOutReply", "Fini")).ExpectAsync(200);
        await server.PostAsync(path, ("Language", "fr"), ("OptOutKeywords", "ARRET")).ExpectAsync(200);
        await server.PostAsync(path, ("IsoCountry", "fr"), ("Language", "br"),
            ("OptOutKeywords", "PAOUEZ")).ExpectAsync(200);

        var all = await server.PostAsync(path, ("IsoCountry", "FR"), ("OptOutKeywords", "ARRET,FIN")).ExpectAsync(200);
        Assert.Equal([" fr", "FR ", "FR br"],
            all.Body!["overrides"]!.AsArray().Select(one => $"{one!["iso_country"]} {one["language"]}"));
        Assert.Equal("Fini", all.Body["overrides"]![1]!["opt_out_reply"]!.ToString());

        var left = await server.PostAsync(path, ("IsoCountry", "FR"), ("OptOutKeywords", ""),
            ("OptOutReply", "")).ExpectAsync(200);
        Assert.Equal([" fr", "FR br"],
            left.Body!["overrides"]!.AsArray().Select(one => $"{one!["iso_country"]} {one["language"]}"));
    }

    [Theory]
    [InlineData("Enabled", "maybe", "Enabled must be true or false, not 'maybe'")]
    [InlineData("Enabled", "", "Enabled must be true or false, not ''")]
    [InlineData("IsoCountry", "XX", "IsoCountry 'XX' is not the two letters of a country")]
    [InlineData("Language", "a b", "Language 'a b' is not the name or code of a language")]
    [InlineData("OptOutKeywords", "STOP,two words", "'two words' is not a keyword: one word of at most 40 characters")]
    [InlineData("OptOutKeywords", "START", "The keyword 'START' always has another purpose")]
    [InlineData("HelpKeywords", "QUIT", "The keyword 'QUIT' is in more than one list")]
    public async Task Other_values_are_refused_and_change_nothing(string name, string value, string message)
    {
        var path = await NewAsync();
        var before = await server.GetAsync(path);

        var refused = await server.PostAsync(path, (name, value), ("OptOutReply", "changed"),
            ("Enabled", name == "Enabled" ? value : "true"))
            .ExpectErrorAsync(400, 20001);

        Assert.Equal(message, refused["message"]);
        Assert.Equal(before.Text, (await server.GetAsync(path)).Text);
    }

    [Fact]
    public async Task A_keyword_in_two_languages_of_a_country_is_refused_by_name()
    {
        var path = await NewAsync();
        await server.PostAsync(path, ("IsoCountry", "CH"), ("Language", "de"),
            ("OptOutKeywords", "ENDE")).ExpectAsync(200);

        var refused = await server.PostAsync(path, ("IsoCountry", "CH"), ("Language", "fr"),
            ("HelpKeywords", "ende")).ExpectErrorAsync(400, 20001);

        Assert.Equal("The keyword 'ENDE' is in another language of CH", refused["message"]);
    }

    [Fact]
    public async Task Another_accounts_service_has_none_and_a_deleted_one_neither()
    {
        var path = await NewAsync();
        await server.PostAsync(path, ("Enabled", "true")).ExpectAsync(200);
        using var other = await server.OtherAccountAsync();

        await other.Api.RequestAsync(HttpMethod.Get, path).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Post, path, ("Enabled", "false")).ExpectErrorAsync(404, 20404);
        Assert.Equal("true", (await server.GetAsync(path))["enabled"]);

        await server.DeleteAsync(path.Replace("/emulator", "", StringComparison.Ordinal).Replace("/AdvancedOptOut", "",
            StringComparison.Ordinal)).ExpectAsync(204);
        await server.GetAsync(path).ExpectErrorAsync(404, 20404);
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            "SELECT count(*) FROM advanced_opt_outs WHERE messaging_service_sid = '" + path.Split('/')[4] + "'"));
    }

    private async Task<string> NewAsync() =>
        $"/emulator/v1/Services/{await server.Api.Services.CreateAsync()}/AdvancedOptOut";
}
