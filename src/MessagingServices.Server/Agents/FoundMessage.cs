using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Agents;

/// <summary>A message, as the API has it.</summary>
/// <param name="Message">The message.</param>
internal sealed record FoundMessage(MessageResource Message)
{
    /// <summary>The result for a message.</summary>
    public static FoundMessage Of(Message message) => new(MessageResource.Of(message));
}
