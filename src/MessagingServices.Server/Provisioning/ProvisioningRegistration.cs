namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Registers the use cases of Messaging Services, senders, registrations, opt-outs and content templates.
/// </summary>
internal static class ProvisioningRegistration
{
    public static void AddProvisioning(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<AccountUseCases>();
        services.AddSingleton<TestPhoneNumbers>();
        services.AddScoped<ApiKeyUseCases>();
        services.AddScoped<ConsoleSessionUseCases>();
        builder.AddSection<RegistrationOptions>();

        services.AddScoped<MessagingServiceUseCases>();
        services.AddScoped<SenderPoolUseCases>();
        services.AddScoped<PhoneNumberUseCases>();
        services.AddScoped<ShortCodeUseCases>();
        services.AddScoped<ChannelSenderUseCases>();
        services.AddScoped<A2pCampaignUseCases>();
        services.AddScoped<BrandUseCases>();
        services.AddScoped<TollfreeVerificationUseCases>();
        services.AddScoped<OptOutUseCases>();
        services.AddScoped<ContentTemplateUseCases>();
        services.AddSingleton<ContentApprovals>();
        services.AddScoped<ApplicationUseCases>();
        services.AddScoped<OfferedNumbers>();
    }
}
