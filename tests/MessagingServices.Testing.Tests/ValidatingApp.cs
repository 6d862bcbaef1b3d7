using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Twilio.Security;

namespace MessagingServices.Testing.Tests;

/// <summary>
/// An application that accepts only webhooks signed with an Auth Token, by the validator of Twilio's SDK.
/// </summary>
internal sealed class ValidatingApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private ValidatingApp(WebApplication app) => this.app = app;

    /// <summary>The address of its webhook.</summary>
    public Uri Url => new($"{app.Urls.Single()}/sms");

    /// <summary>Starts it on a free port.</summary>
    public static async Task<ValidatingApp> StartAsync(string authToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async context =>
        {
            var form = (await context.Request.ReadFormAsync()).ToDictionary(
                field => field.Key, field => field.Value.ToString());
            var isSigned = new RequestValidator(authToken).Validate(
                context.Request.GetDisplayUrl(), form, context.Request.Headers["X-Twilio-Signature"].ToString());
            context.Response.StatusCode = isSigned ? 200 : 403;
            await context.Response.WriteAsync(isSigned ? "" : "Invalid signature");
        });
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
