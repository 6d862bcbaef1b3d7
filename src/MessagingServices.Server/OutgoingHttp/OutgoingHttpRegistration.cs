namespace MessagingServices.Server.OutgoingHttp;

/// <summary>Registers the options that limit the server's own requests.</summary>
internal static class OutgoingHttpRegistration
{
    public static void AddOutgoingHttp(this WebApplicationBuilder builder) =>
        builder.AddSection<WebhookOptions>();
}
