using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Errors;

/// <summary>How controllers respond when the account does not have the resource.</summary>
internal static class MissingResources
{
    /// <summary>The error 20404 for the path of the request.</summary>
    public static TwilioException NotFoundError(this ControllerBase controller) =>
        new(ErrorRenderer.NotFound(controller.HttpContext));

    /// <exception cref="TwilioException">20404 for null.</exception>
    public static T Existing<T>(this ControllerBase controller, T? resource) where T : class =>
        resource ?? throw controller.NotFoundError();

    /// <summary>The response to a successful DELETE: 204.</summary>
    /// <param name="controller">The controller.</param>
    /// <param name="found">Whether the resource was there.</param>
    /// <exception cref="TwilioException">20404 when it was not there.</exception>
    public static NoContentResult Deleted(this ControllerBase controller, bool found) =>
        found ? controller.NoContent() : throw controller.NotFoundError();
}
