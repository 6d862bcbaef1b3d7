using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>
/// Puts the first sentence of an action's documentation on the one line that the page shows, the rest below it; in the
/// code both are broken to its width.
/// </summary>
internal sealed partial class PlainSummaries : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.Summary is not { } written) return;
        var sentences = SentenceEnd.Split(WhiteSpace.Replace(written, " ").Trim(), 2);
        operation.Summary = sentences[0].TrimEnd('.');
        if (sentences.Length > 1) operation.Description ??= sentences[1];
    }

    [GeneratedRegex(@"(?<=\.) (?=[A-Z0-9])")]
    private static partial Regex SentenceEnd { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace { get; }
}
