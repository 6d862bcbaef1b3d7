namespace MessagingServices.Domain.Messages;

/// <summary>Who sent a message. In JSON the names are in kebab case, such as <c>outbound-api</c>.</summary>
public enum MessageDirection
{
    Inbound,

    OutboundApi,

    OutboundCall,

    /// <summary>A reply to an inbound message.</summary>
    OutboundReply,
}
