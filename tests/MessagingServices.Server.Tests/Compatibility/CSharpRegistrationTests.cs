using MessagingServices.Server.Tests.Fixtures;
using Twilio.Exceptions;
using Twilio.Rest.Messaging.V1;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>Twilio's official C# SDK registers brands and toll-free numbers.</summary>
public sealed class CSharpRegistrationTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private readonly Twilio.Clients.TwilioRestClient twilio = CSharpSdk.Connect(server);

    [Fact]
    public async Task A_brand_is_registered_and_approved()
    {
        var brand = await BrandRegistrationResource.CreateAsync(
            "BU0000009f7e067e279523808d267e2d90", "BU1111109f7e067e279523808d267e2d85", client: twilio);
        Assert.Equal(BrandRegistrationResource.StatusEnum.Pending, brand.Status);
        await server.Api.Clock.ChangeAsync(("Advance", "PT20S"));

        var approved = await BrandRegistrationResource.FetchAsync(brand.Sid, client: twilio);

        Assert.Equal(BrandRegistrationResource.StatusEnum.Approved, approved.Status);
        Assert.Equal(BrandRegistrationResource.IdentityStatusEnum.Verified, approved.IdentityStatus);
        var refused = await Assert.ThrowsAsync<ApiException>(
            () => BrandRegistrationResource.UpdateAsync(brand.Sid, client: twilio));
        Assert.Equal((400, 21725), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_toll_free_number_is_verified()
    {
        var (number, e164) = await server.Api.Registrations.CreateTollFreeAsync();
        var verification = await TollfreeVerificationResource.CreateAsync(
            businessName: "Owl, Inc.", businessWebsite: "http://www.company.com",
            notificationEmail: "support@company.com",
            useCaseCategories: [TollfreeVerificationResource.UseCaseCategoriesEnum.Marketing],
            useCaseSummary: "Offers", productionMessageSample: "lorem ipsum",
            optInImageUrls: ["https://testbusiness.com/images/image1.jpg"],
            optInType: TollfreeVerificationResource.OptInTypeEnum.WebForm, messageVolume: "10",
            tollfreePhoneNumberSid: number, client: twilio);
        Assert.Equal(e164, verification.TollfreePhoneNumber.ToString());
        await server.Api.Clock.ChangeAsync(("Advance", "PT20S"));

        var approved = await TollfreeVerificationResource.ReadAsync(
            tollfreePhoneNumberSid: number, status: TollfreeVerificationResource.StatusEnum.TwilioApproved,
            client: twilio);

        Assert.Equal(verification.Sid, Assert.Single(approved).Sid);
        Assert.True(await TollfreeVerificationResource.DeleteAsync(verification.Sid, client: twilio));
    }
}
