using CsCheck;

namespace MessagingServices.Domain.Tests;

public sealed class EnumNamesTests
{
    private enum Sparse
    {
        FirstOne = 2,
        Second = 0,
        LastOfAll = 7,
    }

    [Fact]
    public void Each_member_has_its_names()
    {
        Assert.Equal(["second", "first_one", "last_of_all"], EnumNames<Sparse>.All);
        Assert.Equal(["SECOND", "FIRST_ONE", "LAST_OF_ALL"], EnumNames<Sparse>.AllUpper);
        foreach (var member in Enum.GetValues<Sparse>())
        {
            Assert.Equal(member, EnumNames<Sparse>.Parse(EnumNames<Sparse>.Of(member)));
            Assert.True(EnumNames<Sparse>.TryParseUpper(EnumNames<Sparse>.UpperOf(member), out var upper));
            Assert.Equal(member, upper);
        }
    }

    [Fact]
    public void A_number_without_a_member_has_no_name() => Gen.Int.Sample(number =>
    {
        if (Enum.IsDefined((Sparse)number)) return;
        Assert.Throws<KeyNotFoundException>(() => EnumNames<Sparse>.Of((Sparse)number));
        Assert.Throws<KeyNotFoundException>(() => EnumNames<Sparse>.UpperOf((Sparse)number));
    });

    [Theory]
    [InlineData("FirstOne")]
    [InlineData("FIRST_ONE")]
    [InlineData("")]
    public void Another_name_is_no_member(string name)
    {
        Assert.False(EnumNames<Sparse>.TryParse(name, out _));
        Assert.Throws<KeyNotFoundException>(() => EnumNames<Sparse>.Parse(name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("first_one")]
    [InlineData("First_One")]
    public void A_name_in_capital_letters_has_no_others(string? name) =>
        Assert.False(EnumNames<Sparse>.TryParseUpper(name, out _));
}
