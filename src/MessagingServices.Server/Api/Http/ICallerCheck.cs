namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Checks the caller of a request again, whose body took long to come: meanwhile its account may have been deleted.
/// </summary>
internal interface ICallerCheck
{
    /// <summary>Reads the database.</summary>
    /// <exception cref="TwilioException">The error that a new request of the caller would get.</exception>
    Task CheckAgainAsync(HttpContext context);
}
