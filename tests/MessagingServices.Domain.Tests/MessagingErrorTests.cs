namespace MessagingServices.Domain.Tests;

/// <summary>What a message's <c>error_message</c> says of its <c>error_code</c>.</summary>
public sealed class MessagingErrorTests
{
    [Theory]
    [InlineData(21703)]
    [InlineData(30001)]
    [InlineData(30003)]
    [InlineData(30010)]
    [InlineData(30032)]
    [InlineData(30410)]
    [InlineData(21610)]
    [InlineData(63007)]
    [InlineData(63016)]
    [InlineData(11100)]
    [InlineData(11750)]
    [InlineData(12100)]
    [InlineData(12200)]
    [InlineData(14106)]
    [InlineData(14109)]
    public void Codes_that_carriers_use_have_a_text(int code) => Assert.NotEmpty(MessagingError.TextOf(code)!);

    [Fact]
    public void No_text_of_a_message_has_a_gap()
    {
        for (var code = 10_000; code < 64_000; code++) Assert.DoesNotContain("{", MessagingError.TextOf(code) ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void Without_a_known_code_there_is_none(int? code) => Assert.Null(MessagingError.TextOf(code));
}
