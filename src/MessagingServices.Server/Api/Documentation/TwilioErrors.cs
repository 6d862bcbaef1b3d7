using System.Globalization;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>
/// Adds the errors of an operation, by status, with Twilio's codes: those that its code can respond with, and those of
/// every operation. An error of the server itself (500) is among the others. Leaves each response its only format.
/// </summary>
internal sealed class TwilioErrors(ActionCode code) : IOperationFilter
{
    private const string Json = "application/json";
    private const string Default = "default";

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        OpenApiResponses responses = [];
        foreach (var (status, response) in (operation.Responses ?? []).OrderBy(response => response.Key))
        {
            if (response is OpenApiResponse { Content: { } content } described
                && content.TryGetValue(Json, out var json))
                described.Content = new Dictionary<string, IOpenApiMediaType> { [Json] = json };
            responses[status] = response;
        }

        foreach (var status in ErrorsOf(operation, context)
            .Where(error => error.HttpStatus is >= 400 and not StatusCodes.Status500InternalServerError)
            .GroupBy(error => error.HttpStatus).OrderBy(status => status.Key))
        {
            responses[status.Key.ToString(CultureInfo.InvariantCulture)] =
                Response(Description(status.Key, status), context);
        }

        responses[Default] = Response("Another error, with Twilio's code and its text", context);
        operation.Responses = responses;
    }

    private IEnumerable<MessagingError> ErrorsOf(OpenApiOperation operation, OperationFilterContext context)
    {
        var action = (ControllerActionDescriptor)context.ApiDescription.ActionDescriptor;
        IEnumerable<MessagingError> errors = code.FactsOf(action).Errors;
        if (!action.EndpointMetadata.OfType<IAllowAnonymous>().Any())
            errors = errors.Append(MessagingError.NoCredentials).Append(MessagingError.WrongToken);
        if (operation.RequestBody is not null)
            errors = errors.Append(MessagingError.BadParameter).Append(MessagingError.TooLarge);
        // Whatever is responded is read from the database, the credentials too.
        return errors.Append(MessagingError.Unavailable);
    }

    private static string Description(int status, IEnumerable<MessagingError> errors) =>
        $"{ReasonPhrases.GetReasonPhrase(status)}:\n" + string.Join('\n',
            from error in errors
            orderby error.Code, error.Text
            group error.Text by error.Code into texts
            select string.Create(CultureInfo.InvariantCulture, $"- `{texts.Key}` {Readable(texts.First())}"));

    /// <summary>The text without the places for values of the request.</summary>
    private static string Readable(string text) => text == "{0}" ? "The request is wrong; the message says where"
        : text.Replace("{0}", "…", StringComparison.Ordinal).Replace("{1}", "…", StringComparison.Ordinal);

    private static OpenApiResponse Response(string description, OperationFilterContext context) => new()
    {
        Description = description,
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            [Json] = new OpenApiMediaType
            {
                Schema = context.SchemaGenerator.GenerateSchema(typeof(ErrorBody), context.SchemaRepository),
            },
        },
    };
}
