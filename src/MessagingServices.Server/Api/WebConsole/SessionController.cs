using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.WebConsole;

/// <summary>The session of a browser in the console. It has the rights of the credential that signed in.</summary>
[ApiController]
[AllowAnonymous]
[Route("console/session")]
[Tags("Console")]
internal sealed class SessionController(
    SignIn signIn, ConsoleSessionUseCases useCases, AccountOptions configured, ConsoleOptions console) : ControllerBase
{
    /// <summary>
    /// Signs in with an Account SID and its Auth Token, or with a Standard API key and its secret. The response has a
    /// cookie that is good for twelve hours, on every server of the database. The session that the browser had ends.
    /// </summary>
    [HttpPost(Name = "CreateConsoleSession")]
    [ProducesResponseType<SessionResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Create([FromForm] SignInForm form, CancellationToken cancellation)
    {
        CheckEnabled();
        return Ok(await BeginAsync(
            await signIn.CheckAsync(HttpContext, form.Username ?? "", form.Password ?? ""), cancellation));
    }

    /// <summary>
    /// Says who is signed in with this browser. A browser on the server's own machine signs in by itself while the
    /// configured account has the default Auth Token.
    /// </summary>
    [HttpGet(Name = "FetchConsoleSession")]
    [ProducesResponseType<SessionResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(CancellationToken cancellation)
    {
        CheckEnabled();
        if (await signIn.PresentAsync(HttpContext) is { } present)
            return Ok(SessionResource.Of(present, present.SessionExpires, configured));
        return Ok(await signIn.AutomaticAsync(HttpContext) is { } automatic
            ? await BeginAsync(automatic, cancellation)
            : SessionResource.Of(null, null, configured));
    }

    /// <summary>Signs out: the session ends, on every server within a second.</summary>
    [HttpDelete(Name = "DeleteConsoleSession")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(CancellationToken cancellation)
    {
        CheckEnabled();
        if (!RequestOrigin.IsOwn(Request)) throw new TwilioException(Callers.OtherPage());
        await signIn.PresentAsync(HttpContext);
        await EndPresentAsync(cancellation);
        ConsoleCookie.Take(HttpContext);
        return NoContent();
    }

    private async Task<SessionResource> BeginAsync(Credential credential, CancellationToken cancellation)
    {
        var (session, token) = await useCases.SignInAsync(
            credential.Account.Sid, credential.Key, credential.SecretHash, cancellation);
        await EndPresentAsync(cancellation);
        ConsoleCookie.Give(HttpContext, token, ConsoleSession.Lifetime);
        return SessionResource.Of(credential, session.Expires, configured);
    }

    private async Task EndPresentAsync(CancellationToken cancellation)
    {
        if (ConsoleCookie.Read(Request) is { } former)
            await useCases.SignOutAsync(ApiKey.Hash(former), cancellation);
    }

    private void CheckEnabled()
    {
        if (!console.Enabled) throw this.NotFoundError();
        Response.Headers.CacheControl = "no-store";
    }
}
