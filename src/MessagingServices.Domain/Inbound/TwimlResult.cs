namespace MessagingServices.Domain.Inbound;

/// <summary>What an application's answer to an inbound webhook comes to: exactly one of the records nested here.</summary>
public abstract record TwimlResult
{
    // Private, so that no answer can be added outside this file.
    private TwimlResult()
    {
    }

    /// <summary>An answer that can be carried out. One that asks for nothing, such as an empty one, has neither messages nor redirect.</summary>
    /// <param name="Messages">What is to be sent, in order. There may be more than <see cref="TwimlLimits.MaxReplies"/>.</param>
    /// <param name="Redirect">The document to go on with after the messages; null when this is the last.</param>
    /// <param name="Warnings">What was passed over, in the order of the document; at most <see cref="Twiml.MaxWarnings"/>.</param>
    public sealed record Document(
        IReadOnlyList<TwimlMessage> Messages, TwimlRedirect? Redirect, IReadOnlyList<TwimlWarning> Warnings) : TwimlResult
    {
        /// <summary>The answer that asks for nothing.</summary>
        public static Document Empty { get; } = new([], null, []);
    }

    /// <summary>An answer that cannot be carried out: nothing of it is, and the fallback URL is next.</summary>
    /// <param name="Code">Twilio's code: 11100, 11750, 12100, 12102 or 12300.</param>
    /// <param name="Detail">What is wrong, for people; at most 200 characters, no control characters.</param>
    public sealed record Failed(int Code, string Detail) : TwimlResult;
}

/// <summary>One message that an application replies with.</summary>
/// <param name="Body">The text, at most 1,600 UTF-16 units; empty only with media.</param>
/// <param name="MediaUrls">Absolute http or https URLs, at most 10.</param>
public sealed record TwimlMessage(string Body, IReadOnlyList<string> MediaUrls)
{
    /// <summary>The recipient's normalised address; null: the sender of the inbound message.</summary>
    public string? To { get; init; }

    /// <summary>The sender's normalised address, whosever it is; null: the address that received the inbound message.</summary>
    public string? From { get; init; }

    /// <summary>Where its status callbacks go, absolute, with its connection overrides; null for nowhere.</summary>
    public string? StatusCallback { get; init; }
}

/// <summary>The document to go on with.</summary>
/// <param name="Method"><c>GET</c> or <c>POST</c>.</param>
/// <param name="Url">Absolute http or https URL, with its connection overrides.</param>
public sealed record TwimlRedirect(string Method, string Url);

/// <summary>Something in a document that was passed over; the rest of the document counts.</summary>
/// <param name="Code">Twilio's code, such as 12200.</param>
/// <param name="What">What it is about, for people; at most 200 characters, no control characters.</param>
public sealed record TwimlWarning(int Code, string What);
