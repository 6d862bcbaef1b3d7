using MessagingServices.Server.Pipeline;

namespace MessagingServices.Server.Media;

/// <summary>Registers what fetches media and links to them.</summary>
internal static class MediaRegistration
{
    public static void AddMedia(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(PublicUrlOptions.Read(builder.Configuration));
        services.AddSingleton<PublicUrl>();
        services.AddSingleton(MediaLinkOptions.Read(builder.Configuration));
        services.AddSingleton<MediaLinks>();
        services.AddSingleton<MediaClient>();
        services.AddSingleton<OwnMedia>();
        services.AddSingleton<MessageMedia>();
        services.AddSingleton<MediaOutcomes>();
        services.AddSingleton<MediaFetches>();
        // Before the pipeline, so that it stops after it.
        services.AddHostedService(provider => provider.GetRequiredService<MediaFetches>());
        services.AddStage<FetchMedia>();
    }
}
