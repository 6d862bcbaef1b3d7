namespace MessagingServices.Server.Conversations;

/// <summary>Registers conversations: their messages in and out, and their use cases.</summary>
internal static class ConversationsRegistration
{
    public static void AddConversations(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ConversationFanOut>();
        services.AddSingleton<ConversationEvents>();
        services.AddSingleton<InboundConversations>();
        services.AddSingleton<ConversationMessageUseCases>();
        services.AddScoped<ConversationUseCases>();
        services.AddScoped<ParticipantUseCases>();
        services.AddScoped<AddressConfigurationUseCases>();
        services.AddScoped<ConversationWebhookUseCases>();
    }
}
