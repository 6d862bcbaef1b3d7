using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class ExcludeRecipientTests
{
    [Theory]
    [InlineData(Us, Ca, Us, Ca)]
    [InlineData(WhatsApp, null, WhatsApp)]
    [InlineData(WhatsApp, "whatsapp:" + Gb, WhatsApp, "whatsapp:" + Gb)]
    [InlineData(Us, null, Us)]
    public void Own_number_of_the_recipient_is_removed(string to, string? chosen, params string[] pool) =>
        Assert.Equal(chosen, Select(to, pool).Chosen());

    [Fact]
    public void WhatsApp_sender_with_the_same_number_is_another_address() =>
        Assert.Equal(WhatsApp, Select(WhatsApp.Replace("0001", "0002"), Us, WhatsApp).Chosen());
}
