namespace MessagingServices.Domain.Webhooks;

/// <summary>The failures after which a webhook is requested again: the <c>rp</c> connection override.</summary>
[Flags]
public enum RetryOn
{
    /// <summary>No failure.</summary>
    None = 0,

    /// <summary><c>4xx</c>: any such answer.</summary>
    ClientErrors = 1,

    /// <summary><c>5xx</c>: any such answer.</summary>
    ServerErrors = 2,

    /// <summary><c>ct</c>: no TCP connection or no TLS handshake.</summary>
    ConnectFailures = 4,

    /// <summary><c>rt</c>: no answer within the read timeout. An answer that broke off is not retried.</summary>
    ReadTimeouts = 8,

    /// <summary><c>all</c>: each of the others.</summary>
    All = ClientErrors | ServerErrors | ConnectFailures | ReadTimeouts,
}
