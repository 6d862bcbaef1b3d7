using CsCheck;

namespace MessagingServices.Domain.Tests;

public sealed class SidTests
{
    [Fact]
    public void Created_SID_is_two_letters_and_32_lowercase_hexadecimal_digits()
    {
        var sid = Sid.Create(SidPrefix.TextMessage, 0xABCDEF);

        Assert.Equal("SM00000000000000000000000000abcdef", sid.Value);
        Assert.Equal("SM", sid.Prefix);
    }

    [Fact]
    public void Created_SID_can_be_parsed() => Gen.Select(Gen.ULong, Gen.ULong).Sample((high, low) =>
    {
        var sid = Sid.Create(SidPrefix.MessagingService, new(high, low));
        return sid.Value.Length == Sid.Length && Sid.Parse(sid.Value) == sid && Sid.TryParseAs("MG", sid.Value, out _);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("SM")]
    [InlineData("SM0000000000000000000000000000000")]
    [InlineData("SM000000000000000000000000000000000")]
    [InlineData("sm00000000000000000000000000000000")]
    [InlineData("SMg0000000000000000000000000000000")]
    [InlineData("00000000000000000000000000000000SM")]
    [InlineData("SM٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠")]
    public void Other_texts_are_not_SIDs(string? text) => Assert.False(Sid.TryParse(text, null, out _));

    [Fact]
    public void SID_with_another_prefix_is_rejected() =>
        Assert.False(Sid.TryParseAs("MG", "SM00000000000000000000000000000000", out _));
}
