namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Registers the use cases of Messaging Services, senders, campaigns, opt-outs and content templates.
/// </summary>
internal static class ProvisioningRegistration
{
    public static void AddProvisioning(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSection<AccountOptions>();
        services.AddSection<ApprovalOptions>();

        services.AddScoped<MessagingServiceUseCases>();
        services.AddScoped<SenderPoolUseCases>();
        services.AddScoped<PhoneNumberUseCases>();
        services.AddScoped<ShortCodeUseCases>();
        services.AddScoped<ChannelSenderUseCases>();
        services.AddScoped<A2pCampaignUseCases>();
        services.AddScoped<OptOutUseCases>();
        services.AddScoped<ContentTemplateUseCases>();
        services.AddSingleton<ContentApprovals>();
        services.AddScoped<ApplicationUseCases>();
        services.AddScoped<OfferedNumbers>();
    }
}
