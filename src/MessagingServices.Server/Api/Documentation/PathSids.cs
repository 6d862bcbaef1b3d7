using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>Explains the SIDs of paths, which mean the same everywhere, and fills in the account's.</summary>
internal sealed class PathSids(AccountOptions account) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.Parameters is null) return;
        // The account is in the path only, not among the action's own parameters, and would come last.
        operation.Parameters = [.. operation.Parameters.OrderBy(
            p => (p.In != ParameterLocation.Path, p.Name != Access.AccountRouteValue))];
        var inPath = operation.Parameters.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Path);
        foreach (var parameter in inPath)
        {
            if (parameter.Name == Access.AccountRouteValue)
            {
                parameter.Description = "The account that the credentials belong to.";
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Default = account.Sid.Value };
                ShapedSchemas.Shape((OpenApiSchema)parameter.Schema, FieldShape.SidOf(SidPrefix.Account));
            }
            else if (string.IsNullOrEmpty(parameter.Description))
            {
                parameter.Description = parameter.Name == "sid" ? "The SID of the resource."
                    : $"The SID of the {Words(parameter.Name)}.";
            }
        }
    }

    /// <summary><c>serviceSid</c> is the SID of the service.</summary>
    private static string Words(string? name)
    {
        var kind = name is null ? "" : name.EndsWith("Sid", StringComparison.Ordinal) ? name[..^3] : name;
        return string.Concat(kind.Select((letter, i) => char.IsUpper(letter) && i > 0
            ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
    }
}
