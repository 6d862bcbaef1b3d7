namespace MessagingServices.Server.Media;

/// <summary>How fetching one medium ended: exactly one of the records nested here.</summary>
internal abstract record MediaFetchResult
{
    private MediaFetchResult()
    {
    }

    /// <summary>It is there.</summary>
    /// <param name="ContentType">Its media type, one that the channel takes.</param>
    /// <param name="Bytes">Its bytes; at least one.</param>
    public sealed record Fetched(string ContentType, ReadOnlyMemory<byte> Bytes) : MediaFetchResult;

    /// <summary>It is not, and the message fails.</summary>
    /// <param name="Error">What the message fails with.</param>
    /// <param name="Detail">Why, for the log.</param>
    public sealed record Failed(MessagingError Error, string Detail) : MediaFetchResult
    {
        /// <summary>It could not be downloaded. On WhatsApp and RCS Twilio has one code for all reasons.</summary>
        internal static Failed Of(MessagingError error, Channel channel, string detail) =>
            new(channel == Channel.Sms ? error : MessagingError.MediaDownloadFailed, detail);

        /// <inheritdoc cref="Of(MessagingError, Channel, string)"/>
        internal static Failed Of(UnreachableReason reason, Channel channel, string detail) => Of(reason switch
        {
            UnreachableReason.TotalTimeout or UnreachableReason.ReadTimeout => MessagingError.RetrievalTimeout,
            UnreachableReason.ConnectTimeout or UnreachableReason.ConnectFailed or UnreachableReason.Forbidden => MessagingError.ConnectionFailure,
            UnreachableReason.ConnectionBroken => MessagingError.ProtocolViolation,
            UnreachableReason.BadHostName => MessagingError.BadHostName,
            UnreachableReason.TooManyRedirects => MessagingError.TooManyRedirects,
            UnreachableReason.InvalidRedirect => MessagingError.InvalidRedirect,
            UnreachableReason.OwnError => MessagingError.UnknownFailure,
        }, channel, detail);
    }
}
