using System.Net;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>
/// The user name and password in the URL of a request, for the authentication that a response with 401 asks for: Basic
/// or Digest. The first request goes without them, as at Twilio. Source:
/// https://www.twilio.com/docs/usage/webhooks/webhooks-security.
/// </summary>
internal sealed class UrlCredentials : ICredentials
{
    /// <inheritdoc/>
    public NetworkCredential? GetCredential(Uri uri, string authType)
    {
        if (uri.UserInfo.Length == 0 || authType is not ("Basic" or "Digest")) return null;
        var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new(Uri.UnescapeDataString(uri.UserInfo), "")
            : new(Uri.UnescapeDataString(uri.UserInfo[..colon]), Uri.UnescapeDataString(uri.UserInfo[(colon + 1)..]));
    }
}
