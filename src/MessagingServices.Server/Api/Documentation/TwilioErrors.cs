using MessagingServices.Server.Api.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>Adds the shape of errors to every call, and leaves each response its only format.</summary>
internal sealed class TwilioErrors : IOperationFilter
{
    private const string Json = "application/json";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        operation.Responses ??= [];
        foreach (var response in operation.Responses.Values.OfType<OpenApiResponse>())
        {
            if (response.Content?.TryGetValue(Json, out var json) == true)
                response.Content = new Dictionary<string, IOpenApiMediaType> { [Json] = json };
        }

        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "An error, with Twilio's code and its text",
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [Json] = new OpenApiMediaType
                {
                    Schema = context.SchemaGenerator.GenerateSchema(typeof(ErrorBody), context.SchemaRepository),
                },
            },
        };
    }
}
