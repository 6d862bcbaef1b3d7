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
        services.AddSingleton<AddConversationMessage>();
        services.AddScoped<UpdateConversationMessage>();
        services.AddScoped<CreateConversation>();
        services.AddScoped<UpdateConversation>();
        services.AddScoped<DeleteConversation>();
        services.AddScoped<AddParticipant>();
        services.AddScoped<UpdateParticipant>();
        services.AddScoped<RemoveParticipant>();
        services.AddScoped<ConfigureAddress>();
        services.AddScoped<ConfigureConversationWebhook>();
    }
}
