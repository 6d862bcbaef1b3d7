using MessagingServices.Server.Engine;

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
        services.AddSingleton<MediaDownload>();
        services.AddSingleton<LocalMedia>();
        services.AddSingleton<MessageMediaDownload>();
        services.AddSingleton<MediaResultWriter>();
        services.AddSingleton<MediaFetcher>();
        // Before the pipeline, so that it stops after it.
        services.AddHostedService(provider => provider.GetRequiredService<MediaFetcher>());
        services.AddStage<FetchMedia>();
    }
}
