using CsCheck;
using MessagingServices.Domain.Extracts;

namespace MessagingServices.Domain.Tests.Extracts;

/// <summary>Properties of the links of all texts.</summary>
public sealed class LinkProperties
{
    private static readonly Gen<string> Link = Gen.Select(
        Gen.OneOf("https://", "http://", "HTTPS://"), Gen.OneOf("a.example", "localhost:8080", "sub.shop.example"),
        Gen.OneOf("/", "/a-b_c", "/x/y", "/d(e)", "/%C3%A9").List[0, 3].Select(string.Concat),
        Gen.OneOf("", "?a=1", "?a=1&b=x%20y", "#top", "?q=(z)"),
        (scheme, host, path, query) => string.Concat(scheme, host, path, query));

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String, Gen.OneOf(
            "https://", "http:/", "www.", "a", "b.example", "bit.ly", "/", "(", ")", "[", "]", ".", ",", " ", "\n", "@", "x",
            "验", "\uD83D", "\uDE00", "%", "?", "#", "*", "é", "\"", "<", ">", "app://", ":", "1")
            .List[0, 40].Select(string.Concat));

    [Fact]
    public void Link_is_found_as_it_is_between_punctuation() =>
        Gen.Select(Link, Gen.OneOf(
            "{0}", "See {0}.", "({0})", "\"{0}\"", "{0}, or not", "Go to {0}!", "“{0}”", "<{0}>", "点击{0}查看", "a: {0}\nb",
            "[x]({0})", "*{0}*", "{0}。", "Is it {0}?"))
            .Sample((link, sentence) =>
                MessageExtracts.Of(sentence.Replace("{0}", link, StringComparison.Ordinal)).Links is [var found]
                    && found == link);

    [Fact]
    public void Links_of_every_text_are_parts_of_it_and_can_be_opened() => AnyText.Sample(text =>
        MessageExtracts.Of(text).Links.All(link => text.Contains(link, StringComparison.Ordinal)
            && Uri.TryCreate(HasScheme(link) ? link : $"https://{link}", UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"));

    [Fact]
    public void Long_texts_take_time_in_proportion() =>
        // Would not end within the time of a test if the time were that of its square.
        Assert.All(
            ["a.", "https://", "1 ", "1-", "(", "https://a.example/)", "code ", "@a", "验", "www.a", "\n1234",
                "#1234 "],
            part => MessageExtracts.Of(string.Concat(Enumerable.Repeat(part, 20_000))));

    private static bool HasScheme(string link) => link.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || link.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
