using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace MessagingServices.Server.Api.Fidelity;

/// <summary>
/// Answers what Twilio has and this server has not: 501 with a code of its own, which names product, method and path.
/// It comes after authentication, as every other response.
/// </summary>
internal sealed class NotEmulated
{
    private readonly string message;

    private NotEmulated(string message) => this.message = message;

    /// <summary>The endpoint for everything of a product, or of several that have the path.</summary>
    public static Endpoint Of(TwilioProduct product)
    {
        var refusal = new NotEmulated(product.Others is []
            ? $"The product {product.Name} ({product.Host}) is not emulated"
            : $"None of the products {product.Name}, {string.Join(", ", product.Others)} is emulated");
        return new(
            refusal.RespondAsync, new EndpointMetadataCollection(refusal, new ForEveryCredentialAttribute()),
            $"Not emulated: {product.Name}");
    }

    /// <summary>Maps a route for each operation that has none, so that nothing of Twilio's is a 404.</summary>
    public static void Map(WebApplication app)
    {
        var actions = app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items;
        var built = (from action in actions.OfType<ControllerActionDescriptor>()
            from method in action.EndpointMetadata.OfType<HttpMethodMetadata>().SelectMany(row => row.HttpMethods)
            select TwilioOperation.KeyOf(method, action.AttributeRouteInfo!.Template!)).ToHashSet();
        foreach (var operation in TwilioOperations.All)
        {
            // A route without its row in the table fails a test; it must not be ambiguous as well.
            if (operation.Status != OperationStatus.Refused || built.Contains(operation.Key)) continue;
            var refusal = new NotEmulated($"This operation of {operation.Product} is not emulated");
            app.MapMethods(operation.Pattern, [operation.Method], refusal.RespondAsync)
                .WithMetadata(refusal, new ForEveryCredentialAttribute()).ExcludeFromDescription();
        }
    }

    /// <exception cref="TwilioException">Always: 501, 99501.</exception>
    private Task RespondAsync(HttpContext context)
    {
        var path = context.Features.Get<RequestedResource>()?.Path ?? context.Request.Path.Value;
        throw new TwilioException(
            MessagingError.NotEmulated.ToApiError($"{message}: {context.Request.Method} {path}"));
    }
}
