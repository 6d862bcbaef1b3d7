using System.Net.Http.Headers;
using System.Text;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Emulator.ClientEnvironment;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>What sends an unmodified application to this server.</summary>
[ApiController]
[Route("emulator/v1/Environment")]
[Tags("Emulator")]
internal sealed class EnvironmentController(ClientFiles files) : ControllerBase
{
    /// <summary>
    /// Prints environment variables with which an application calls this server instead of Twilio, without a change of
    /// its code: the caller's credentials, the proxy, and what its language needs to trust the server.
    /// </summary>
    [HttpGet(Name = "FetchEnvironment")]
    [Produces("text/plain")]
    [ProducesResponseType<string>(StatusCodes.Status200OK)]
    public async Task<ContentResult> Fetch([FromQuery] EnvironmentForm form, CancellationToken cancellation)
    {
        var folder = string.IsNullOrEmpty(form.Directory) ? await files.WriteAsync(cancellation) : form.Directory;
        var format = form.ReadFormat();
        if (!Uri.TryCreate($"{Request.Scheme}://{Request.Host}", UriKind.Absolute, out var proxy))
            throw new TwilioException(MessagingError.BadParameter.ToApiError("The request names no Host"));
        var variables = new ClientVariables(proxy, folder).Of(form.ReadLanguage());
        Response.Headers.CacheControl = "no-store";
        return Content(
            VariableText.Write([.. Credentials(), .. variables], format),
            format == VariableFormat.Json ? "application/json" : "text/plain");
    }

    /// <summary>
    /// Downloads a file that the variables name. Without credentials: no file has a secret.
    /// </summary>
    /// <param name="file">ca.pem, bundle.pem, trust.p12, twilio.ini, preload.cjs or sitecustomize.py.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    [HttpGet("{file}", Name = "FetchEnvironmentFile")]
    [AllowAnonymous]
    [Produces("application/octet-stream")]
    [ProducesResponseType<byte[]>(StatusCodes.Status200OK)]
    public async Task<FileContentResult> FetchFile(string file, CancellationToken cancellation)
    {
        var found = (await files.MakeAsync(cancellation)).FirstOrDefault(made => made.Name == file)
            ?? throw new TwilioException(ErrorRenderer.NotFound(HttpContext));
        return File(found.Content, found.Type);
    }

    private List<(string Name, string Value)> Credentials()
    {
        var credential = User.Credential();
        var account = ("TWILIO_ACCOUNT_SID", credential.Account.Sid.Value);
        if (credential.Key is not { } key) return [account, ("TWILIO_AUTH_TOKEN", credential.Account.AuthToken)];
        List<(string, string)> found = [account, ("TWILIO_API_KEY", key.Value)];
        // The server knows only the hash of the secret, but the caller has just shown the secret.
        if (ShownSecret() is { } secret) found.Add(("TWILIO_API_SECRET", secret));
        return found;
    }

    private string? ShownSecret() =>
        AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
        && header.Parameter is { } text
            ? Encoding.UTF8.GetString(Convert.FromBase64String(text)).Split(':', 2)[^1]
            : null;
}
