namespace MessagingServices.Domain.Webhooks;

/// <summary>The failures after which a webhook is retried: the connection override <c>rp</c>.</summary>
[Flags]
public enum RetryOn
{
    None = 0,

    /// <summary><c>4xx</c>: any such response.</summary>
    ClientErrors = 1,

    /// <summary><c>5xx</c>: any such response.</summary>
    ServerErrors = 2,

    /// <summary><c>ct</c>: no TCP connection or no TLS handshake.</summary>
    ConnectFailures = 4,

    /// <summary><c>rt</c>: no response within the read timeout. An incomplete response is not retried.</summary>
    ReadTimeouts = 8,

    /// <summary><c>all</c>: all of the above.</summary>
    All = ClientErrors | ServerErrors | ConnectFailures | ReadTimeouts,
}
