using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class ExcludeRecipientTests
{
    [Theory]
    [InlineData(Us, Ca, Us, Ca)]
    [InlineData(WhatsApp, null, WhatsApp)]
    [InlineData(WhatsApp, "whatsapp:" + Gb, WhatsApp, "whatsapp:" + Gb)]
    [InlineData(Us, null, Us)]
    public void Nobody_is_sent_a_message_from_the_own_number(string to, string? chosen, params string[] pool) => Assert.Equal(chosen, Select(to, pool).Chosen());

    [Fact]
    public void A_WhatsApp_sender_of_the_same_number_is_another_address() => Assert.Equal(WhatsApp, Select(WhatsApp.Replace("0001", "0002"), Us, WhatsApp).Chosen());
}
