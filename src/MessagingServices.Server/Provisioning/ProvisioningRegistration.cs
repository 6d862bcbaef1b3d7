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

        services.AddScoped<CreateMessagingService>();
        services.AddScoped<UpdateMessagingService>();
        services.AddScoped<DeleteMessagingService>();
        services.AddScoped<ProvisionPhoneNumber>();
        services.AddScoped<UpdatePhoneNumber>();
        services.AddScoped<ReleasePhoneNumber>();
        services.AddScoped<ProvisionShortCode>();
        services.AddScoped<UpdateShortCode>();
        services.AddScoped<CreateChannelSender>();
        services.AddScoped<UpdateChannelSender>();
        services.AddScoped<DeleteChannelSender>();
        services.AddScoped<RegisterA2pCampaign>();
        services.AddScoped<UpdateA2pCampaign>();
        services.AddScoped<DeleteA2pCampaign>();
        services.AddScoped<UpdateAdvancedOptOut>();
        services.AddScoped<RecordConsents>();
        services.AddScoped<AddSenderToPool>();
        services.AddScoped<AddAlphaSender>();
        services.AddScoped<RemoveSenderFromPool>();
        services.AddScoped<CreateContentTemplate>();
        services.AddScoped<DeleteContentTemplate>();
    }
}
