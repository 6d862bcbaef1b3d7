using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>
/// The API's description at <c>/swagger/v1/swagger.json</c> and its page at <c>/swagger</c>, both made from the code's
/// own documentation.
/// </summary>
internal static class SwaggerRegistration
{
    private const string Document = "v1";
    private const string Title = "Messaging Services";

    public static void AddSwaggerPages(this IServiceCollection services)
    {
        services.AddSingleton<FormShapes>();
        services.AddSingleton<ActionCode>();
        services.AddSwaggerGen(Configure);
    }

    private static void Configure(SwaggerGenOptions swagger)
    {
        swagger.SwaggerDoc(Document, new()
        {
            Title = Title,
            Version = Document,
            Description =
                "Behaves like Twilio Programmable Messaging with Messaging Services. Press **Authorize** and give an "
                + "Account SID "
                + "as the username and its Auth Token as the password. Parameters of POST requests travel as a form, "
                    + "those of v2 and of content as JSON. A parameter that is not sent "
                + "keeps what there is; one that is sent empty clears it. So the schema of a parameter leaves out the "
                + "empty text. Words are taken in upper and lower case. Operations of Twilio that are not here are "
                + "answered with 501, code 99501.",
        });
        swagger.IncludeXmlComments(typeof(Sid).Assembly);
        swagger.IncludeXmlComments(typeof(Program).Assembly, includeControllerXmlComments: true);
        swagger.MapType<Sid>(() => new OpenApiSchema { Type = JsonSchemaType.String,
            Pattern = "^[A-Z]{2}[0-9a-fA-F]{32}$" });
        swagger.MapType<Rfc2822Date>(() =>
            new OpenApiSchema
            {
                Type = JsonSchemaType.String, Format = "date-time-rfc-2822",
                Examples = ["Thu, 24 Aug 2023 05:01:45 +0000"],
            });
        swagger.MapType<Iso8601Date>(() =>
            new OpenApiSchema
            {
                Type = JsonSchemaType.String, Format = "date-time", Examples = ["2023-08-24T05:01:45Z"],
            });
        swagger.MapType<PreciseDate>(() =>
            new OpenApiSchema
            {
                Type = JsonSchemaType.String, Format = "date-time", Examples = ["2023-08-24T05:01:45.123Z"],
            });
        swagger.MapType<System.Text.Json.Nodes.JsonObject>(() => new OpenApiSchema { Type = JsonSchemaType.Object });
        // Lists describe their pages themselves.
        swagger.MapType<Page2010>(() => new OpenApiSchema { Type = JsonSchemaType.Object });
        swagger.MapType<PageV1>(() => new OpenApiSchema { Type = JsonSchemaType.Object });
        swagger.CustomSchemaIds(SchemaId);
        swagger.CustomOperationIds(OperationIds.Of);
        // A reference alone could say neither that a member can be null nor what it means.
        swagger.UseAllOfToExtendReferenceSchemas();
        swagger.SupportNonNullableReferenceTypes();
        swagger.AddSecurityDefinition(BasicAuthentication.SchemeName, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "basic",
            Description = "Username: Account SID. Password: Auth Token.",
        });
        swagger.AddSecurityRequirement(document =>
            new() { [new OpenApiSecuritySchemeReference(BasicAuthentication.SchemeName, document)] = [] });
        swagger.OrderActionsBy(action =>
            $"{action.RelativePath?.Replace(".json", "", StringComparison.Ordinal)} {MethodOrder(action.HttpMethod)}");
        swagger.SchemaFilter<RequiredProperties>();
        swagger.SchemaFilter<ShapedSchemas>();
        swagger.OperationFilter<PlainSummaries>();
        swagger.OperationFilter<PathSids>();
        swagger.OperationFilter<UrlEncodedForms>();
        swagger.OperationFilter<ShapedParameters>();
        swagger.OperationFilter<ReadHeaders>();
        swagger.OperationFilter<PagedLists>();
        swagger.OperationFilter<TwilioErrors>();
    }

    /// <summary>
    /// Serves the description and the page without credentials, so call it before authorization. Other requests skip
    /// it.
    /// </summary>
    public static void UseSwaggerPages(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase),
        pages =>
        {
            pages.UseSwagger();
            pages.UseSwaggerUI(page =>
            {
                page.SwaggerEndpoint($"/swagger/{Document}/swagger.json", Title);
                page.DocumentTitle = Title;
                page.DocExpansion(Swashbuckle.AspNetCore.SwaggerUI.DocExpansion.List);
                page.DefaultModelsExpandDepth(-1);
                page.DisplayRequestDuration();
                page.EnablePersistAuthorization();
                page.EnableFilter();
                page.EnableDeepLinking();
                // The bar offers to choose among descriptions; there is one.
                page.HeadContent = "<style>.swagger-ui .topbar { display: none }</style>";
            });
        });

    /// <summary>Two APIs can have resources of the same name. So the name of the API comes first.</summary>
    private static string SchemaId(Type type)
    {
        var name = type.Name.Split('`')[0] + string.Concat(type.GenericTypeArguments.Select(SchemaId));
        return type.Namespace?.Split('.')[^1] is "V2010" or "V1" or "V2" or "V3" or "Content" or "Monitor" or "Emulator"
            ? $"{type.Namespace.Split('.')[^1]}.{name}" : name;
    }

    private static int MethodOrder(string? method) => method switch { "POST" => 0, "GET" => 1, _ => 2 };
}
