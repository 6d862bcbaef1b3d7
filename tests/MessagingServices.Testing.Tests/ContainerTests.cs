using MessagingServices.Testcontainers;
using Twilio.Rest.Api.V2010.Account;

namespace MessagingServices.Testing.Tests;

/// <summary>
/// The image in a real container: <c>./dev test containers</c>, which builds the image and says so where no Docker
/// engine answers.
/// </summary>
[Trait("Needs", "docker")]
public sealed class ContainerTests
{
    private static readonly string Image =
        Environment.GetEnvironmentVariable("MESSAGING_TEST_IMAGE") ?? "messaging-services:test";

    [Fact]
    public async Task A_container_serves_with_nothing_beside_it()
    {
        await using var container = new MessagingServicesBuilder(Image).WithFrozenClock().Build();
        await container.StartAsync(TestContext.Current.CancellationToken);
        await using var emulator = await Emulator.StartAsync(new()
        {
            Url = new(container.GetBaseAddress()), AccountSid = container.AccountSid, AuthToken = container.AuthToken,
        });
        await using var account = await emulator.CreateAccountAsync();
        var (shop, phone) = (await account.BuyNumberAsync(), account.Handset());

        await MessageResource.CreateAsync(
            to: phone.Number, from: shop, body: "Your code is 482913", client: AccountTests.ClientOf(account));
        await account.SettleAsync();

        Assert.Equal("482913", await phone.ReceiveCodeAsync());
    }
}
