using MessagingServices.Server.Agents;

namespace MessagingServices.Server.Tests.Agents;

/// <summary>A long text is cut where no character is.</summary>
public sealed class ShortTextTests
{
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("abcd", "abc...")]
    [InlineData("ab😀", "ab...")]
    [InlineData("a😀b", "a😀...")]
    [InlineData("", "")]
    public void The_beginning_is_kept(string text, string expected) => Assert.Equal(expected, ShortText.Of(text, 3));
}
