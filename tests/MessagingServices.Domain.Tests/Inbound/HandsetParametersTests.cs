namespace MessagingServices.Domain.Tests.Inbound;

/// <summary>The parameters that a handset gives with a message.</summary>
public sealed class HandsetParametersTests
{
    [Theory]
    [InlineData("Latitude=1.5&Longitude=-180", null)]
    [InlineData("Latitude=90&Longitude=180&Label=Pole", null)]
    [InlineData("Latitude=1.5", "both")]
    [InlineData("Longitude=1.5", "both")]
    [InlineData("Latitude=90.1&Longitude=1", "Latitude")]
    [InlineData("Latitude=1&Longitude=-180.1", "Longitude")]
    [InlineData("Latitude=north&Longitude=1", "Latitude")]
    [InlineData("Latitude=NaN&Longitude=1", "Latitude")]
    [InlineData("MessageType=sticker", null)]
    [InlineData("MessageType=Sticker", "MessageType")]
    [InlineData("Forwarded=true&FrequentlyForwarded=false", null)]
    [InlineData("Forwarded=1", "Forwarded")]
    [InlineData("FrequentlyForwarded=yes", "FrequentlyForwarded")]
    [InlineData("Label=12345678901", "Label exceeds 10 characters")]
    public void Mistakes_are_found(string given, string? mistake)
    {
        var found = HandsetParameters.MistakeIn(Parameters(given), 10);

        Assert.Equal(mistake is null, found is null);
        Assert.Contains(mistake ?? "", found ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Latitude=1&Longitude=2", true, "")]
    [InlineData("ButtonText=Yes", true, "Yes")]
    [InlineData("ListId=1&ListTitle=Red", true, "Red")]
    [InlineData("FlowData={}", true, "")]
    [InlineData("ProfileName=Ann&Forwarded=true", false, "")]
    public void Location_and_choices_are_content(string given, bool isContent, string text) =>
        Assert.Equal((isContent, text),
            (HandsetParameters.AreContent(Parameters(given)), HandsetParameters.TextOf(Parameters(given))));

    private static List<KeyValuePair<string, string>> Parameters(string given) =>
        [.. given.Split('&').Select(one => KeyValuePair.Create(one.Split('=')[0], one.Split('=')[1]))];
}
