using System.Globalization;

namespace MessagingServices.Domain;

/// <summary>
/// One of Twilio's error codes, with its HTTP status and its text. Errors that end a message, and never a request, have
/// status 0. Texts may contain placeholders (<c>{0}</c>), which <see cref="ToApiError"/> fills. All codes:
/// https://www.twilio.com/docs/api/errors.
/// </summary>
/// <param name="Code">Twilio's code, such as 21211.</param>
/// <param name="HttpStatus">The HTTP status of the response; 0 for errors that only end messages.</param>
/// <param name="Text">The <c>message</c> of the response.</param>
public sealed partial record MessagingError(int Code, int HttpStatus, string Text)
{
    /// <summary>The error of one request. <paramref name="values"/> replace the placeholders of the text.</summary>
    public ApiError ToApiError(params ReadOnlySpan<object?> values) =>
        new(this, values.IsEmpty ? Text : string.Format(CultureInfo.InvariantCulture, Text, values));

    /// <summary>The URL of the error's page in Twilio's documentation.</summary>
    public static string MoreInfo(int code) => $"https://www.twilio.com/docs/errors/{code}";
}

/// <summary>The error of one rejected request.</summary>
/// <param name="Error">The error code with its HTTP status.</param>
/// <param name="Message">The text, without placeholders.</param>
public sealed record ApiError(MessagingError Error, string Message);

/// <summary>Ends a use case with an error. The API turns it into a response in Twilio's format.</summary>
public sealed class TwilioException(ApiError error) : Exception(error.Message)
{
    public ApiError ApiError { get; } = error;
}
