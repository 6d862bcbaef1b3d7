namespace MessagingServices.Domain.Messages;

/// <summary>Who sent a message. On the wire the names in kebab case, such as <c>outbound-api</c>.</summary>
public enum MessageDirection
{
    /// <summary>From a handset.</summary>
    Inbound,

    /// <summary>From the REST API.</summary>
    OutboundApi,

    /// <summary>From a voice call.</summary>
    OutboundCall,

    /// <summary>In answer to an inbound message.</summary>
    OutboundReply,
}
