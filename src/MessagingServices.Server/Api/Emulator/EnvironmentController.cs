using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Emulator.ClientEnvironment;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>What sends an unmodified application to this server.</summary>
[ApiController]
[Route("emulator/v1/Environment")]
[Tags("Emulator")]
internal sealed class EnvironmentController(ClientFiles files, ApplicationEnvironment environment) : ControllerBase
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
        var variables = await environment.ReadAsync(HttpContext, form, cancellation);
        var format = form.ReadFormat();
        Response.Headers.CacheControl = "no-store";
        return Content(
            VariableText.Write(variables, format),
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
}
