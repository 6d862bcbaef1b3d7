using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Emulator;

namespace MessagingServices.Server.Agents;

/// <summary>Finds out why an application refuses the signature of a webhook.</summary>
internal sealed class CheckSignatureTool(CheckSignature check) : IAgentTool
{
    private const string Url = "url";
    private const string Parameters = "parameters";
    private const string Signature = "signature";

    /// <inheritdoc/>
    public static ToolDescription Description { get; } = new(
        "check_signature", "Check a signature",
        "Checks the X-Twilio-Signature of a webhook that an application has received. If it does not fit, the findings "
        + "say what would make it fit: another spelling of the URL or the body, or another Auth Token.",
        [
            ToolParameter.Required(Url, "The URL that the application gives to its validator, with http or https."),
            new(
                Parameters, "The parameters of a POST: the body as it was sent, such as From=%2B14155550100&Body=Hi, "
                + "or an object of names and values. Absent for a GET.", "string", "object"),
            ToolParameter.Required(Signature, "The value of the header X-Twilio-Signature."),
        ],
        typeof(SignatureCheckResource)) { IsReadOnly = true };

    /// <inheritdoc/>
    public async Task<object> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var form = call.Checked(new SignatureCheckForm
        {
            Url = call.Arguments.Text(Url), Parameters = Body(call.Arguments),
            Signature = call.Arguments.Text(Signature),
        });
        var request = form.Request;
        return SignatureCheckResource.Of(
            await check.RunAsync(call.Caller.Account, request, form.Signature!, null, cancellation), request,
            call.Caller.Credential);
    }

    private static string? Body(ToolArguments arguments) => arguments.IsObject(Parameters)
        ? string.Join('&', arguments.Fields(Parameters)!.Select(field =>
            $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"))
        : arguments.Text(Parameters);
}
