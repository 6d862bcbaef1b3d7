namespace MessagingServices.Server.Media;

/// <summary>The result of fetching one media item: exactly one of the nested records.</summary>
internal abstract record MediaFetchResult
{
    private MediaFetchResult()
    {
    }

    /// <param name="ContentType">The media type. The channel supports it.</param>
    /// <param name="Bytes">At least one byte.</param>
    public sealed record Fetched(string ContentType, ReadOnlyMemory<byte> Bytes) : MediaFetchResult;

    /// <param name="Error">The error with which the message fails.</param>
    /// <param name="Detail">The reason, for the log.</param>
    public sealed record Failed(MessagingError Error, string Detail) : MediaFetchResult
    {
        /// <summary>
        /// Creates the result of a failed download. On WhatsApp and RCS, Twilio uses one error code for all reasons.
        /// </summary>
        internal static Failed Of(MessagingError error, Channel channel, string detail) =>
            new(channel == Channel.Sms ? error : MessagingError.MediaDownloadFailed, detail);

        /// <inheritdoc cref="Of(MessagingError, Channel, string)"/>
        internal static Failed Of(UnreachableReason reason, Channel channel, string detail) => Of(reason switch
        {
            UnreachableReason.TotalTimeout or UnreachableReason.ReadTimeout => MessagingError.RetrievalTimeout,
            UnreachableReason.ConnectTimeout or UnreachableReason.ConnectFailed or UnreachableReason.Forbidden =>
                MessagingError.ConnectionFailure,
            UnreachableReason.ConnectionBroken => MessagingError.ProtocolViolation,
            UnreachableReason.BadHostName => MessagingError.BadHostName,
            UnreachableReason.TooManyRedirects => MessagingError.TooManyRedirects,
            UnreachableReason.InvalidRedirect => MessagingError.InvalidRedirect,
            UnreachableReason.OwnError => MessagingError.UnknownFailure,
        }, channel, detail);
    }
}
