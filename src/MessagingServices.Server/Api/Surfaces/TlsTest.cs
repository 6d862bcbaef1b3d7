namespace MessagingServices.Server.Api.Surfaces;

/// <summary>
/// <c>tls-test.twilio.com</c>, which SDKs ask whether they trust Twilio's certificate. Without credentials. Source:
/// https://www.twilio.com/docs/usage/tls.
/// </summary>
internal static class TlsTest
{
    /// <summary>The first label of its host.</summary>
    public const string Product = "tls-test";

    /// <summary>Answers every request.</summary>
    public static Task RespondAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("ok\n");
    }
}
