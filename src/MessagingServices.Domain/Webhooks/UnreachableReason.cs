namespace MessagingServices.Domain.Webhooks;

/// <summary>Why a webhook brought no final answer.</summary>
public enum UnreachableReason
{
    /// <summary>No TCP connection within the connect timeout.</summary>
    ConnectTimeout,

    /// <summary>The TCP connection was refused or the TLS handshake failed.</summary>
    ConnectFailed,

    /// <summary>Connected, but no answer within the read timeout.</summary>
    ReadTimeout,

    /// <summary>The time for all attempts together ran out.</summary>
    TotalTimeout,

    /// <summary>The host name does not resolve.</summary>
    BadHostName,

    /// <summary>The redirects go in circles or on for too long.</summary>
    TooManyRedirects,

    /// <summary>A redirect other than 301, 302, 303 and 307, or one that names no usable location.</summary>
    InvalidRedirect,

    /// <summary>The address is in a network that this server must not call.</summary>
    Forbidden,

    /// <summary>The connection broke during the answer, or what came was not HTTP.</summary>
    ConnectionBroken,

    /// <summary>An error of this server, which says nothing about the receiver.</summary>
    OwnError,
}
