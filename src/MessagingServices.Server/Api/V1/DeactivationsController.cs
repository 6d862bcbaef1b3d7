using System.Globalization;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Engine;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// The lists of numbers that US carriers have deactivated. Source:
/// https://www.twilio.com/docs/messaging/api/deactivations-resource.
/// </summary>
[ApiController]
[Tags("Messaging v1")]
internal sealed class DeactivationsController(EmulatorClock clock) : ControllerBase
{
    /// <summary>The first day with a list.</summary>
    private static readonly DateOnly First = new(2020, 8, 27);

    /// <summary>
    /// Redirects to the list of a day. The list is a file of this server, with one number a line, which needs no
    /// credentials.
    /// </summary>
    [HttpGet("/v1/Deactivations")]
    [ProducesResponseType<DeactivationResource>(StatusCodes.Status307TemporaryRedirect)]
    public ObjectResult Fetch([FromQuery] DeactivationForm form)
    {
        var today = DateOnly.FromDateTime(clock.Now(User.AccountSid()).UtcDateTime);
        var day = today.AddDays(-1);
        if (!string.IsNullOrEmpty(form.Date)
            && !DateOnly.TryParseExact(
                form.Date, DeactivatedNumbers.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            throw new TwilioException(MessagingError.DeactivationsUnreadable.ToApiError());
        if (day < First) throw new TwilioException(MessagingError.DeactivationsTooOld.ToApiError());
        if (day >= today) throw new TwilioException(MessagingError.DeactivationsTooEarly.ToApiError());
        var file = $"{Request.Scheme}://{Request.Host}{DeactivatedNumbers.PathOf(day)}";
        Response.Headers.Location = file;
        return StatusCode(StatusCodes.Status307TemporaryRedirect, new DeactivationResource(file));
    }
}

/// <summary>Where the list is.</summary>
/// <param name="RedirectTo">The URL of the file.</param>
internal sealed record DeactivationResource(string RedirectTo);

/// <summary>Of which day.</summary>
internal sealed record DeactivationForm
{
    /// <summary>
    /// The day, <c>YYYY-MM-DD</c>: not before 2020-08-27, and before today on the emulator's clock. Yesterday when
    /// absent.
    /// </summary>
    public string? Date { get; init; }
}
