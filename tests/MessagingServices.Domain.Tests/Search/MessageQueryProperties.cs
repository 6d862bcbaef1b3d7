using CsCheck;

namespace MessagingServices.Domain.Tests.Search;

public class MessageQueryProperties
{
    private static readonly Gen<string> Text = Gen.OneOf<string>(
        Gen.OneOf("a", "B", "-", "\"", "\\", " ", "\t", ":", "to:", "is:", "é", "😀", "%", "_").Array[1, 6]
            .Select(string.Concat),
        Gen.String[1, 10]);

    private static readonly Gen<QueryTerm> Term = Gen.Select(
        Gen.OneOf<QueryTerm>(
            Text.Select(text => (QueryTerm)new QueryTerm.Word(text)),
            Text.Select(text => (QueryTerm)new QueryTerm.Recipient(AnyAddress.Normalise(text))),
            Gen.OneOf("+14155550123", "whatsapp:+14155550123", "rcs:agent", "ACME", "12345")
                .Select(address => (QueryTerm)new QueryTerm.Sender(address)),
            Gen.Enum<MessageStatus>().Select(status => (QueryTerm)new QueryTerm.Status(status)),
            Gen.Int[0, 999_999].Select(code => (QueryTerm)new QueryTerm.Failure(code)),
            Gen.ULong.Select(bits =>
                (QueryTerm)new QueryTerm.Service(Sid.Create(SidPrefix.MessagingService, bits))),
            Gen.Enum<MessageDirection>().Select(direction => (QueryTerm)new QueryTerm.Direction(direction)),
            Gen.Const((QueryTerm)new QueryTerm.HasMedia()),
            Moment.Select(moment => (QueryTerm)new QueryTerm.Before(moment)),
            Moment.Select(moment => (QueryTerm)new QueryTerm.After(moment))),
        Gen.Bool, (term, isNegated) => term with { IsNegated = isNegated });

    private static Gen<DateTimeOffset> Moment => Gen.DateTime[new(1900, 1, 1), new(9000, 12, 31)]
        .Select(time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), TimeSpan.Zero));

    [Fact]
    public void Printed_query_is_read_as_the_same_query() => Term.Array[0, 8].Sample(terms =>
    {
        var printed = new MessageQuery(terms).ToString();
        return printed.Length > MessageQuery.MaxLength || MessageQuery.Parse(printed).Terms.SequenceEqual(terms);
    });

    [Fact]
    public void Any_text_is_refused_or_read_and_what_was_read_stays_the_same() => Gen.OneOf<string>(
        Gen.String, Text.Array[0, 12].Select(string.Concat)).Sample(text =>
    {
        try
        {
            var terms = MessageQuery.Parse(text).Terms;
            var printed = new MessageQuery(terms).ToString();
            return printed.Length > MessageQuery.MaxLength || MessageQuery.Parse(printed).Terms.SequenceEqual(terms);
        }
        catch (TwilioException refused)
        {
            return refused.ApiError.Error.Code == 20001;
        }
    });
}
