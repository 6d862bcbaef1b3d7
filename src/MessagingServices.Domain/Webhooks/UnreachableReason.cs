namespace MessagingServices.Domain.Webhooks;

/// <summary>Why a webhook attempt received no complete response.</summary>
public enum UnreachableReason
{
    /// <summary>No TCP connection within the connect timeout.</summary>
    ConnectTimeout,

    /// <summary>The TCP connection was refused or the TLS handshake failed.</summary>
    ConnectFailed,

    /// <summary>Connected, but no response within the read timeout.</summary>
    ReadTimeout,

    /// <summary>The total timeout of all attempts has passed.</summary>
    TotalTimeout,

    /// <summary>The host name does not resolve.</summary>
    BadHostName,

    /// <summary>The redirects form a loop or exceed the limit.</summary>
    TooManyRedirects,

    /// <summary>A redirect other than 301, 302, 303 and 307, or one without a valid location.</summary>
    InvalidRedirect,

    /// <summary>The egress policy of this server forbids the address.</summary>
    Forbidden,

    /// <summary>The connection broke during the response, or the response was not HTTP.</summary>
    ConnectionBroken,

    /// <summary>An error inside this server, unrelated to the receiver.</summary>
    OwnError,
}
