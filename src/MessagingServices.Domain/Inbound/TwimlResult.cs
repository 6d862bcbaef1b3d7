namespace MessagingServices.Domain.Inbound;

/// <summary>The result of an application's response to an inbound webhook: exactly one of the nested records.</summary>
public abstract record TwimlResult
{
    // Private, so that no other file can add a result.
    private TwimlResult()
    {
    }

    /// <summary>A valid response. An empty one has neither messages nor redirect.</summary>
    /// <param name="Messages">
    /// The messages to send, in order. There may be more than <see cref="TwimlLimits.MaxReplies"/>.
    /// </param>
    /// <param name="Redirect">The next document; null for none.</param>
    /// <param name="Warnings">The warnings in document order, at most <see cref="Twiml.MaxWarnings"/>.</param>
    public sealed record Document(
        IReadOnlyList<TwimlMessage> Messages, TwimlRedirect? Redirect,
        IReadOnlyList<TwimlWarning> Warnings) : TwimlResult
    {
        /// <summary>The response that requests nothing.</summary>
        public static Document Empty { get; } = new([], null, []);
    }

    /// <summary>An invalid response. No part of it is executed, and the fallback URL is requested next.</summary>
    /// <param name="Code">Twilio's code: 11100, 11750, 12100, 12102 or 12300.</param>
    /// <param name="Detail">The error in words, at most 200 characters, without control characters.</param>
    public sealed record Invalid(int Code, string Detail) : TwimlResult;
}

/// <summary>A reply of the application.</summary>
/// <param name="Body">The text, at most 1,600 UTF-16 units; empty only with media.</param>
/// <param name="MediaUrls">Absolute http or https URLs, at most 10.</param>
public sealed record TwimlMessage(string Body, IReadOnlyList<string> MediaUrls)
{
    /// <summary>The recipient's normalised address; null for the sender of the inbound message.</summary>
    public string? To { get; init; }

    /// <summary>
    /// The sender's normalised address, which may belong to another account; null for the address that received the
    /// inbound message.
    /// </summary>
    public string? From { get; init; }

    /// <summary>The absolute URL of status callbacks, with its connection overrides; null for none.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>
    /// <c>GET</c> or <c>POST</c> for status callbacks. Only the URL in <c>action</c> has a method; the one in
    /// <c>statusCallback</c> gets POST requests.
    /// </summary>
    public string StatusCallbackMethod { get; init; } = "POST";
}

/// <summary>The next document of a session.</summary>
/// <param name="Method"><c>GET</c> or <c>POST</c>.</param>
/// <param name="Url">An absolute http or https URL, with its connection overrides.</param>
public sealed record TwimlRedirect(string Method, string Url);

/// <summary>A part of a document that was ignored.</summary>
/// <param name="Code">Twilio's code, such as 12200.</param>
/// <param name="What">The part, in words, at most 200 characters, without control characters.</param>
public sealed record TwimlWarning(int Code, string What);
