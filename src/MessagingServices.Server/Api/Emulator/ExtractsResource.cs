using MessagingServices.Domain.Extracts;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>What a person takes out of a message.</summary>
internal sealed record ExtractsResource
{
    /// <summary>The message.</summary>
    public required Sid MessageSid { get; init; }

    /// <summary>
    /// The one-time codes in the text, best first, without spaces and hyphens; digits of all scripts are 0 to 9.
    /// </summary>
    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>
    /// The links in the text, best first, each as it stands there: with <c>http://</c> or <c>https://</c>, or without a
    /// scheme, such as <c>www.example.com</c>.
    /// </summary>
    public required IReadOnlyList<string> Links { get; init; }

    /// <summary>The resource of a message: of the text that the recipient receives.</summary>
    public static ExtractsResource Of(Message message)
    {
        var found = MessageExtracts.Of(message.SentText);
        return new() { MessageSid = message.Sid, Codes = found.Codes, Links = found.Links };
    }
}
