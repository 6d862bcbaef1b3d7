using System.Globalization;
using System.Text.Json;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>
/// Describes lists: their paging parameters, and pages of the resource that the same controller returns. The key of the
/// items is the end of the list's path in snake case, as it is nearly all over Twilio's APIs.
/// </summary>
internal sealed class PagedLists(ActionCode code) : IOperationFilter
{
    private static readonly string[] Uris2010 = ["first_page_uri", "next_page_uri", "previous_page_uri", "uri"];
    private static readonly string[] Numbers2010 = ["end", "page", "page_size", "start"];

    /// <summary>
    /// The lists of one type of phone numbers have paths below that of the list of all, and the same key.
    /// </summary>
    private static readonly string[] NumberTypes = ["Local", "Mobile", "TollFree"];

    /// <summary>The lists of usage by period are below that of all, too, and have a key of their own.</summary>
    private static readonly string[] Periods =
    [
        "Records", "AllTime", "Daily", "Monthly", "Yearly", "Today", "Yesterday", "ThisMonth", "LastMonth",
    ];

    /// <summary>The keys that do not follow from the path.</summary>
    private static readonly Dictionary<string, string> OwnKeys =
        new()
        {
            ["ChannelSenders"] = "senders", ["DestinationAlphaSenders"] = "alpha_senders",
            ["Usa2p"] = "compliance", ["Content"] = "contents", ["Media"] = "media_list",
            ["Addresses"] = "address_configurations", ["Receipts"] = "delivery_receipts",
            ["ParticipantConversations"] = "conversations", ["BrandRegistrations"] = "data", ["Vettings"] = "data",
            ["ContentAndApprovals"] = "contents", ["LegacyContent"] = "contents",
        };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var page = ResponseTypes(context.ApiDescription).FirstOrDefault(IsPage);
        if (page is null || operation.Responses?["200"] is not OpenApiResponse response) return;
        var action = (ControllerActionDescriptor)context.ApiDescription.ActionDescriptor;
        AddParameters(operation, code.FactsOf(action).MaxPageSize);

        var items = new OpenApiSchema { Type = JsonSchemaType.Array, Items = ItemSchema(context) };
        var members = page == typeof(Page2010) ? Paging2010() : PagingV1(context);
        members[Key(context.ApiDescription)] = items;
        response.Content = new Dictionary<string, IOpenApiMediaType>
        {
            ["application/json"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object, Properties = members, Required = members.Keys.ToHashSet(),
                },
            },
        };
    }

    private static void AddParameters(OpenApiOperation operation, int? maxSize)
    {
        var max = maxSize ?? PageRequest.MaxSize;
        var usual = Math.Min(PageRequest.DefaultSize, max);
        operation.Parameters ??= [];
        operation.Parameters.Add(Query(
            "PageSize",
            string.Create(CultureInfo.InvariantCulture,
                $"How many items a page holds, 1 to {max:N0}; {usual} when absent. More is taken as {max:N0}."),
            new()
            {
                Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1",
                Maximum = max.ToString(CultureInfo.InvariantCulture), Default = usual,
            }));
        operation.Parameters.Add(Query(
            "Page", "The caller's own count of pages, from 0. The response repeats it. It chooses nothing.",
            new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0" }));
        operation.Parameters.Add(Query(
            "PageToken", "Which page: the token in the response's link to the next or previous page.",
            new() { Type = JsonSchemaType.String }));
    }

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };

    private static Dictionary<string, IOpenApiSchema> Paging2010()
    {
        var members = Numbers2010.ToDictionary(
            name => name, IOpenApiSchema (_) => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" });
        foreach (var name in Uris2010)
            members[name] = new OpenApiSchema
            {
                Type = JsonSchemaType.String | JsonSchemaType.Null, Format = "uri-reference",
            };
        return members;
    }

    private static Dictionary<string, IOpenApiSchema> PagingV1(OperationFilterContext context) =>
        new() { ["meta"] = context.SchemaGenerator.GenerateSchema(typeof(PageMeta), context.SchemaRepository) };

    /// <summary>
    /// The resource that the controller creates, else the one that it fetches, else the resource of its API whose name
    /// is like one of the list's items.
    /// </summary>
    private static IOpenApiSchema ItemSchema(OperationFilterContext context)
    {
        var controller = context.MethodInfo.DeclaringType!;
        var resource = controller.GetMethods().SelectMany(action => action.GetCustomAttributes(inherit: true))
            .OfType<ProducesResponseTypeAttribute>()
            .Where(response => response.Type != typeof(void) && !IsPage(response.Type))
                .OrderByDescending(response => response.StatusCode)
            .Select(response => response.Type).FirstOrDefault()
            ?? controller.Assembly.GetType(
                $"{controller.Namespace}.{End(context.ApiDescription).TrimEnd('s')}Resource");
        return resource is null
            ? new OpenApiSchema { Type = JsonSchemaType.Object }
            : context.SchemaGenerator.GenerateSchema(resource, context.SchemaRepository);
    }

    private static string Key(ApiDescription action) => Periods.Contains(End(action)) ? "usage_records"
        : OwnKeys.GetValueOrDefault(End(action)) ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(End(action));

    private static string End(ApiDescription action) => action.RelativePath!.Split('/')
        .Select(part => part.Replace(".json", "", StringComparison.Ordinal)).Last(part => !NumberTypes.Contains(part));

    private static IEnumerable<Type> ResponseTypes(ApiDescription action) =>
        action.SupportedResponseTypes.Select(response => response.Type).OfType<Type>();

    private static bool IsPage(Type type) => type == typeof(Page2010) || type == typeof(PageV1);
}
