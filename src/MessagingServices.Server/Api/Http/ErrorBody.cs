using System.Text.Json.Serialization;

namespace MessagingServices.Server.Api.Http;

/// <summary>An error on the wire.</summary>
/// <param name="Code">Twilio's code.</param>
/// <param name="Detail">Only with 401.</param>
/// <param name="Message">The text of the error.</param>
/// <param name="MoreInfo">The error's page in Twilio's documentation.</param>
/// <param name="Status">The HTTP status.</param>
internal sealed record ErrorBody(
    int Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? Detail,
    string Message, string MoreInfo, int Status);
