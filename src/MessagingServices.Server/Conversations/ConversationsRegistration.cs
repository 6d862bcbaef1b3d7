namespace MessagingServices.Server.Conversations;

/// <summary>Conversations: what comes in, what goes out, and the use cases.</summary>
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
