using Microsoft.Extensions.Options;

namespace MessagingServices.Server.Configuration;

/// <summary>Registers options classes.</summary>
internal static class SectionRegistration
{
    /// <summary>
    /// Adds an options class by the framework's options pattern: bound to its section once, checked before the server
    /// starts. Consumers take the class itself.
    /// </summary>
    public static OptionsBuilder<TOptions> AddSection<TOptions>(this IServiceCollection services)
        where TOptions : class, new()
    {
        services.AddSingleton<IValidateOptions<TOptions>, SectionValidator<TOptions>>();
        // From the monitor, since the check before the start makes its objects: each class is bound only once.
        services.AddSingleton(provider => provider.GetRequiredService<IOptionsMonitor<TOptions>>().CurrentValue);
        // Without the change tokens of BindConfiguration: a setting holds until the server ends.
        return services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) => SectionBinder.Bind(configuration, options))
            .ValidateOnStart();
    }
}
