namespace MessagingServices.Domain.Tests;

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
    public void Codes_of_carriers_have_a_text(int code) => Assert.NotEmpty(MessagingError.TextOf(code)!);

    [Fact]
    public void No_error_message_has_a_placeholder()
    {
        for (var code = 10_000; code < 64_000; code++)
            Assert.DoesNotContain("{", MessagingError.TextOf(code) ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void Unknown_code_has_no_text(int? code) => Assert.Null(MessagingError.TextOf(code));
}
