namespace MessagingServices.Domain.Tests.Search;

public class MessageQueryTests
{
    private const string Service = "MG00000000000000000000000000000006";

    [Theory]
    [InlineData("", "")]
    [InlineData("  your   code ", "your code")]
    [InlineData("\"your code\"", "\"your code\"")]
    [InlineData("\"your code", "\"your code\"")]
    [InlineData("\"\" code", "code")]
    [InlineData("say\"hi\"", "say\"hi\"")]
    [InlineData("\"say \\\"hi\\\" \\ \\\\\"", "\"say \\\"hi\\\" \\\\ \\\\\"")]
    [InlineData("-code", "-code")]
    [InlineData("--code", "-\"-code\"")]
    [InlineData("\"-code\"", "\"-code\"")]
    [InlineData("-\"your code\"", "-\"your code\"")]
    [InlineData("- code", "\"-\" code")]
    [InlineData("10% a_b", "10% a_b")]
    [InlineData("https://example.com/x", "https://example.com/x")]
    [InlineData("subject:x", "subject:x")]
    [InlineData("\"to:x\"", "\"to:x\"")]
    [InlineData("to:+14155550123", "to:+14155550123")]
    [InlineData("To:\"+1 (415) 555-0123\"", "to:+14155550123")]
    [InlineData("to:whatsapp:+14155550123", "to:whatsapp:+14155550123")]
    [InlineData("to:+1415555XXXX", "to:+1415555XXXX")]
    [InlineData("-from:ACME", "-from:ACME")]
    [InlineData("status:DELIVERED", "status:delivered")]
    [InlineData("error:30003", "error:30003")]
    [InlineData($"service:{Service}", $"service:{Service}")]
    [InlineData("direction:outbound-api", "direction:outbound-api")]
    [InlineData("is:media -is:media", "is:media -is:media")]
    [InlineData("before:2026-01-02", "before:2026-01-02T00:00:00Z")]
    [InlineData("after:2026-01-02T03:04:05.5+02:00", "after:2026-01-02T01:04:05.5Z")]
    public void Query_is_read_and_printed_in_its_shortest_form(string text, string printed) =>
        Assert.Equal(printed, MessageQuery.Parse(text).ToString());

    [Theory]
    [InlineData("status:lost", "Query: 'lost' is no value of status:, which takes one of accepted, ")]
    [InlineData("STATUS:lost", "Query: 'lost' is no value of status:, which takes one of accepted, ")]
    [InlineData("-error:many", "Query: 'many' is no value of error:, which takes an error code such as 30003")]
    [InlineData("error:-1", "Query: '-1' is no value of error:, which takes an error code such as 30003")]
    [InlineData("error:1234567", "Query: '1234567' is no value of error:, which takes an error code such as 30003")]
    [InlineData("service:SM00000000000000000000000000000006",
        "Query: 'SM00000000000000000000000000000006' is no value of service:, which takes the SID")]
    [InlineData("direction:up",
        "Query: 'up' is no value of direction:, which takes one of inbound, outbound-api")]
    [InlineData("is:red", "Query: 'red' is no value of is:, which takes media")]
    [InlineData("before:yesterday",
        "Query: 'yesterday' is no value of before:, which takes a day such as")]
    [InlineData("after:2026-01-02T03:04:05",
        "Query: '2026-01-02T03:04:05' is no value of after:, which takes a day such as")]
    [InlineData("after:0001-01-01",
        "Query: '0001-01-01' is no value of after:, which takes a day such as")]
    [InlineData("to:", "Query: '' is no value of to:, which takes an address such as +14155550123")]
    [InlineData("to:\"\"", "Query: '' is no value of to:, which takes an address such as +14155550123")]
    public void Bad_value_of_a_prefix_is_refused(string text, string error)
    {
        var refused = Assert.Throws<TwilioException>(() => MessageQuery.Parse(text));

        Assert.Equal(20001, refused.ApiError.Error.Code);
        Assert.StartsWith(error, refused.ApiError.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Length_and_number_of_terms_are_limited()
    {
        Assert.Single(MessageQuery.Parse(new('x', MessageQuery.MaxLength)).Terms);
        Assert.Throws<TwilioException>(() => MessageQuery.Parse(new('x', MessageQuery.MaxLength + 1)));
        Assert.Equal(MessageQuery.MaxTerms, MessageQuery.Parse(Words(MessageQuery.MaxTerms)).Terms.Count);
        Assert.Throws<TwilioException>(() => MessageQuery.Parse(Words(MessageQuery.MaxTerms + 1)));

        static string Words(int count) => string.Join(' ', Enumerable.Repeat("x", count));
    }
}
