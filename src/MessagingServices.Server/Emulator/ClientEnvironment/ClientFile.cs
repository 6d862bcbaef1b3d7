namespace MessagingServices.Server.Emulator.ClientEnvironment;

/// <summary>A file that unmodified applications need. It has no secret.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record ClientFile(string Name, string Type, byte[] Content)
{
    public const string Authority = "ca.pem";
    public const string Bundle = "bundle.pem";
    public const string TrustStore = "trust.p12";
    public const string Preload = "preload.cjs";
    public const string Customize = "sitecustomize.py";
    public const string PhpSettings = "twilio.ini";

    /// <summary>The names of all files.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Authority, Bundle, TrustStore, Preload, Customize, PhpSettings];
}
