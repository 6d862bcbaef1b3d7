using System.Globalization;
using System.Text;

namespace MessagingServices.Server.Api.Fidelity;

/// <summary>
/// The part of <c>docs/compatibility.md</c> that is made from the table of operations and the routes.
/// </summary>
internal static class FidelityPage
{
    /// <summary>The text before the part.</summary>
    public const string Begin = "<!-- operations: generated";

    /// <summary>The text after the part.</summary>
    public const string End = "<!-- end of operations -->";

    /// <summary>The page with the part made new.</summary>
    /// <param name="page">The page as it is.</param>
    /// <param name="operations">All operations of the emulated products.</param>
    /// <exception cref="FormatException">The page has no place for the part.</exception>
    public static string Renew(string page, IReadOnlyList<EmulatedOperation> operations)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new FormatException($"The page has no '{Begin}' and '{End}'.");
        return string.Concat(page.AsSpan(0, begin), Text(operations), page.AsSpan(end));
    }

    private static string Text(IReadOnlyList<EmulatedOperation> operations)
    {
        var text = new StringBuilder($"""
            {Begin} from Api/Fidelity/emulated-operations.txt and the routes of the server. Change these, then run
                 UPDATE_DOCS=1 ./dev test CompatibilityPage -->

            | product | behaves | shape only | refused | parameters honoured | kept | ignored |
            |---|---|---|---|---|---|---|

            """);
        var products = operations.GroupBy(emulated => emulated.Operation.Product).ToList();
        foreach (var product in products)
            AppendCounts(text, $"[{product.Key}](#{product.Key}twiliocom)", [.. product]);
        AppendCounts(text, "all of these", operations);
        foreach (var product in products) AppendProduct(text, product.Key, [.. product]);
        AppendOtherProducts(text);
        return text.Append('\n').ToString();
    }

    private static void AppendCounts(StringBuilder text, string name, IReadOnlyList<EmulatedOperation> operations)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {name} |");
        foreach (var status in (OperationStatus[])
            [OperationStatus.Behaves, OperationStatus.ShapeOnly, OperationStatus.Refused])
        {
            var count = operations.Count(emulated => emulated.Operation.Status == status);
            text.Append(CultureInfo.InvariantCulture, $" {count} |");
        }

        var parameters = operations.SelectMany(emulated => emulated.Parameters).ToList();
        foreach (var status in (ParameterStatus[])
            [ParameterStatus.Honoured, ParameterStatus.Kept, ParameterStatus.Ignored])
            text.Append(
                CultureInfo.InvariantCulture, $" {parameters.Count(parameter => parameter.Status == status)} |");
        text.Append('\n');
    }

    private static void AppendProduct(
        StringBuilder text, string product, IReadOnlyList<EmulatedOperation> operations)
    {
        // Not the name alone: the page has other headings of that name.
        text.Append($"\n### {product}.{TwilioProducts.Domain}\n");
        var built = operations.Where(emulated => emulated.Operation.Status != OperationStatus.Refused).ToList();
        if (built.Count > 0)
        {
            text.Append("\n| operation | status | parameters kept without effect | parameters ignored |\n")
                .Append("|---|---|---|---|\n");
            foreach (var emulated in built) Append(text, emulated);
        }

        var refused = operations.Where(emulated => emulated.Operation.Status == OperationStatus.Refused)
            .Select(emulated => emulated.Operation).GroupBy(operation => operation.Path).ToList();
        if (refused.Count == 0) return;
        text.Append("\n| refused | methods |\n|---|---|\n");
        foreach (var path in refused)
            text.Append($"| `{path.Key}` | {string.Join(", ", path.Select(operation => operation.Method))} |\n");
    }

    private static void Append(StringBuilder text, EmulatedOperation emulated)
    {
        var operation = emulated.Operation;
        var status = EnumNames<OperationStatus>.Of(operation.Status).Replace('_', ' ');
        text.Append($"| `{operation.Method} {operation.Path}` | {status} |{Names(ParameterStatus.Kept)} |")
            .Append($"{Names(ParameterStatus.Ignored)} |\n");

        string Names(ParameterStatus wanted) => string.Join(',', emulated.Parameters
            .Where(parameter => parameter.Status == wanted).Select(parameter => $" `{parameter.Name}`"));
    }

    private static void AppendOtherProducts(StringBuilder text)
    {
        text.Append("\n### Other products\n\nAll of these is refused. So is any other name below `twilio.com`.\n\n")
            .Append("| host | paths | operations |\n|---|---|---|\n");
        foreach (var product in TwilioProducts.All.Where(product => product.RefusedPaths.Count > 0))
        {
            var paths = string.Join(", ", product.RefusedPaths.Select(path => $"`{path}`"));
            text.Append(CultureInfo.InvariantCulture, $"| {product.Host} | {paths} | {product.RefusedOperations} |\n");
        }
    }
}
