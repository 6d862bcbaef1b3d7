namespace MessagingServices.Domain;

/// <summary>
/// One of Twilio's error codes with the HTTP status it is answered with and its text. Codes that only ever end a message, never a
/// request, have status 0. Texts may hold placeholders (<c>{0}</c>) that <see cref="ToApiError"/> fills.
/// The whole dictionary: https://www.twilio.com/docs/api/errors.
/// </summary>
/// <param name="Code">Twilio's code, such as 21211.</param>
/// <param name="HttpStatus">The HTTP status of a request that is refused with this error; 0 when it only ends messages.</param>
/// <param name="Text">What the answer's <c>message</c> says.</param>
public sealed partial record MessagingError(int Code, int HttpStatus, string Text)
{
    /// <summary>Refuses a request with this error, its text's placeholders filled with <paramref name="values"/>.</summary>
    public ApiError ToApiError(params ReadOnlySpan<object?> values) =>
        new(this, values.IsEmpty ? Text : string.Format(System.Globalization.CultureInfo.InvariantCulture, Text, values));

    /// <summary>The error's page in Twilio's documentation.</summary>
    public static string MoreInfo(int code) => $"https://www.twilio.com/docs/errors/{code}";
}

/// <summary>A request that is not done, and why.</summary>
/// <param name="Error">The catalogued error.</param>
/// <param name="Message">Its text, placeholders filled.</param>
public sealed record ApiError(MessagingError Error, string Message);

/// <summary>Ends a use case that refuses what it was asked; the API renders it in Twilio's shape.</summary>
public sealed class TwilioException(ApiError refusal) : Exception(refusal.Message)
{
    /// <summary>What is answered.</summary>
    public ApiError ApiError { get; } = refusal;
}
