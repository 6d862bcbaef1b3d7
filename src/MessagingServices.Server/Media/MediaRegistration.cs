using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Media;

/// <summary>Registers the services that download media and make links to them.</summary>
internal static class MediaRegistration
{
    public static void AddMedia(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSection<PublicUrlOptions>();
        builder.AddSection<MediaLinkOptions>();
        builder.AddSection<MediaOriginOptions>();
        services.AddSingleton<PublicUrl>();
        services.AddSingleton<MediaLinks>();
        services.AddSingleton<SignedMediaUrls>();
        services.AddSingleton<MediaDownload>();
        services.AddSingleton<LocalMedia>();
        services.AddSingleton<MessageMediaDownload>();
        services.AddSingleton<MediaResultWriter>();
        services.AddSingleton<MediaFetcher>();
        services.AddHostedService(provider => provider.GetRequiredService<MediaFetcher>());
        services.AddStage<FetchMedia>();
        services.AddScoped<DeleteMedia>();
    }
}
