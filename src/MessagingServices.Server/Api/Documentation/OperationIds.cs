using MessagingServices.Server.Api.Fidelity;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>
/// Names the operations. One of Twilio's has the operationId of Twilio's specification, such as <c>CreateMessage</c>.
/// Another has the name of its route, else that of its action and what the controller is about, such as
/// <c>CreateCarrierRule</c>.
/// </summary>
internal static class OperationIds
{
    private const string Emulator = "Emulator";

    private static readonly HashSet<string> OfTwilio =
        [.. TwilioOperations.All.Select(operation => operation.Id).OfType<string>()];

    /// <summary>The name of an operation, which no other operation has.</summary>
    public static string Of(ApiDescription operation)
    {
        var action = (ControllerActionDescriptor)operation.ActionDescriptor;
        if (action.AttributeRouteInfo?.Name is { } name) return name;
        if (TwilioOperations.Find(operation.HttpMethod!, operation.RelativePath!)?.Id is { } id) return id;
        var own = $"{action.ActionName}{Singular(action.ControllerName)}";
        return OfTwilio.Contains(own) ? $"{Emulator}{own}" : own;
    }

    /// <summary>
    /// Twilio's names have one of each thing, also those of lists.
    /// </summary>
    private static string Singular(string things) =>
        things.EndsWith('s') && !things.EndsWith("ss", StringComparison.Ordinal) ? things[..^1] : things;
}
