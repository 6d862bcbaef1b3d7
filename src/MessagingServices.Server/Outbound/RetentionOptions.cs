namespace MessagingServices.Server.Outbound;

/// <summary>How long messages are kept that have ended: the section <c>Retention</c>.</summary>
/// <param name="Days">In real days; 0 for ever.</param>
internal sealed record RetentionOptions(int Days)
{
    private const int Century = 36_500;

    /// <summary>Reads the section.</summary>
    /// <exception cref="StartupException">The number is unreadable, negative or of more than a century.</exception>
    internal static RetentionOptions Read(IConfiguration configuration) =>
        new(Settings.Number(configuration.GetSection("Retention"), nameof(Days), 0, 0, Century));
}
