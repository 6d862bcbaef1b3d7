namespace MessagingServices.Server.Api.Http;

/// <summary>Why a brand or a campaign was refused.</summary>
/// <param name="ErrorCode">Twilio's code.</param>
/// <param name="Description">The reason in words.</param>
/// <param name="Fields">The fields that are wrong: always empty, because the server does not review them.</param>
/// <param name="Url">The page of the code.</param>
internal sealed record RegistrationError(int ErrorCode, string Description, IReadOnlyList<string> Fields, string Url)
{
    /// <summary>The errors of a registration: none, or the one that was forced.</summary>
    public static IReadOnlyList<RegistrationError> Of(Registration registration) => registration.ErrorCode is { } code
        ? [new(code, registration.Reason ?? "", [], $"https://www.twilio.com/docs/api/errors/{code}")]
        : [];
}
