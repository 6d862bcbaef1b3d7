using MessagingServices.Server.Tests.Fixtures;
using Twilio.Exceptions;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>What is not emulated is the exception of the C# SDK, which says so.</summary>
public sealed class NotEmulatedSdkTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_service_of_another_product_is_refused_and_not_made()
    {
        await using var emulator = await CSharpSdk.EmulatorAsync(server);
        await using var account = await emulator.CreateAccountAsync();
        var twilio = CSharpSdk.ConnectAs(account);

        await ExpectAsync("This operation of conversations is not emulated: POST /v1/Services",
            () => Twilio.Rest.Conversations.V1.ServiceResource.CreateAsync("x", client: twilio));
        await ExpectAsync("The product sync (sync.twilio.com) is not emulated: POST /v1/Services",
            () => Twilio.Rest.Sync.V1.ServiceResource.CreateAsync("x", client: twilio));
        await ExpectAsync("The product verify (verify.twilio.com) is not emulated: POST /v2/Services",
            () => Twilio.Rest.Verify.V2.ServiceResource.CreateAsync("x", client: twilio));
        await ExpectAsync("The product notify (notify.twilio.com) is not emulated: POST /v1/Services",
            () => Twilio.Rest.Notify.V1.ServiceResource.CreateAsync("x", client: twilio));

        Assert.Empty(await Twilio.Rest.Messaging.V1.ServiceResource.ReadAsync(client: twilio));
    }

    private async Task ExpectAsync<T>(string message, Func<Task<T>> call)
    {
        var error = await Assert.ThrowsAsync<ApiException>(call);

        Assert.Equal((501, 99501), (error.Status, error.Code));
        Assert.Equal(message, error.Message);
        Assert.Equal($"{server.Url}/emulator/v1/Fidelity", error.MoreInfo);
    }
}
