namespace MessagingServices.Server.Configuration;

/// <summary>Registers options classes.</summary>
internal static class SectionRegistration
{
    /// <summary>
    /// Reads an options class from its section, and adds it for consumers. The framework's options pattern would read
    /// it when it is first used, and take 50 ms of a start.
    /// </summary>
    /// <exception cref="StartupException">A value is wrong.</exception>
    public static TOptions AddSection<TOptions>(this IHostApplicationBuilder builder) where TOptions : class, new()
    {
        var options = SectionBinder.Read<TOptions>(builder.Configuration);
        builder.Services.AddSingleton(options);
        return options;
    }
}
