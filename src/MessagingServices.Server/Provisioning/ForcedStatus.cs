namespace MessagingServices.Server.Provisioning;

/// <summary>A status that a caller of the emulator API forces.</summary>
/// <param name="Status">Twilio's name of the status, in capital letters.</param>
/// <param name="ErrorCode">Twilio's code of why it was refused; null for none.</param>
/// <param name="Reason">Why it was refused, in words; null for none.</param>
internal sealed record ForcedStatus(string Status, int? ErrorCode, string? Reason)
{
    /// <summary>The status of a kind of registration.</summary>
    /// <exception cref="TwilioException">20001 when the kind has no such status.</exception>
    public T Parse<T>() where T : struct, Enum =>
        EnumNames<T>.TryParseUpper(Status, out var status) ? status : throw UnknownAmong(EnumNames<T>.AllUpper);

    /// <summary>The same with this cause, where the caller named none.</summary>
    public ForcedStatus Because(int errorCode, string reason) =>
        this with { ErrorCode = ErrorCode ?? errorCode, Reason = Reason ?? (ErrorCode is null ? reason : null) };

    /// <summary>The error for a status that is none of these.</summary>
    public TwilioException UnknownAmong(IEnumerable<string> statuses) =>
        new(MessagingError.BadParameter.ToApiError(
            $"Status must be one of {string.Join(", ", statuses)}, not '{Status}'"));
}
