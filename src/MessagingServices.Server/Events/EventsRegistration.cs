namespace MessagingServices.Server.Events;

/// <summary>Registers what listeners to events need.</summary>
internal static class EventsRegistration
{
    public static void AddEvents(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<EventBus>();
        services.AddSingleton<EventTelemetry>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<EventListeners>();
    }
}
