using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V1;

/// <summary>Checks the Messaging Service in a path.</summary>
internal static class ExistingServices
{
    /// <summary>Makes sure that the caller's account has the Messaging Service.</summary>
    /// <exception cref="TwilioException">20404 when it has none of that SID.</exception>
    public static async Task RequireServiceAsync(
        this ControllerBase controller, MessagingDb db, Sid sid, CancellationToken cancellation)
    {
        var account = controller.User.AccountSid();
        if (!await db.MessagingServices.AnyAsync(
            service => service.Sid == sid && service.AccountSid == account, cancellation))
            throw new TwilioException(ErrorRenderer.NotFound(controller.HttpContext));
    }
}
