namespace MessagingServices.Server.Api.Http;

/// <summary>An error on the wire.</summary>
/// <param name="Code">Twilio's code.</param>
/// <param name="Message">The text of the error.</param>
/// <param name="MoreInfo">The error's page in Twilio's documentation.</param>
/// <param name="Status">The HTTP status.</param>
[XmlName("RestException")]
internal sealed record ErrorBody(
    int Code, string Message, [property: Shape(Format = "uri")] string MoreInfo, int Status);
