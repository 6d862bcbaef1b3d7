using FluentValidation;
using MessagingServices.Domain;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Documentation;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Surfaces;
using MessagingServices.Server.Api.Wire;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api;

/// <summary>The HTTP side: Twilio's surfaces and the emulator API, one shape for errors, one way to authenticate.</summary>
internal static class ApiRegistration
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Credentials>();
        // Nothing is protected with keys; without this they would be written to the user's home.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication(BasicAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BasicAuthentication>(BasicAuthentication.SchemeName, null);
        services.AddSingleton<IAuthorizationHandler, AccountInPath>();
        services.AddSingleton<IAuthorizationHandler, ConfiguredAccount>();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new AccountInPath()).Build())
            .AddPolicy(ConfiguredAccount.Policy, policy => policy.RequireAuthenticatedUser().AddRequirements(new ConfiguredAccount.Requirement()));

        ValidatorOptions.Global.DefaultClassLevelCascadeMode = CascadeMode.Stop;
        ValidatorOptions.Global.DefaultRuleLevelCascadeMode = CascadeMode.Stop;
        services.AddValidatorsFromAssemblyContaining<Program>(ServiceLifetime.Singleton);
        services.AddControllers(mvc =>
            {
                mvc.ModelMetadataDetailsProviders.Add(new AbsentIsNotEmpty());
                mvc.Filters.Add<FormValidation>();
                mvc.Filters.Add<CommonHeaders>();
                mvc.Filters.Add<XmlAnswers>();
            })
            .AddJsonOptions(json => WireJson.Configure(json.JsonSerializerOptions))
            .ConfigureApiBehaviorOptions(api =>
            {
                api.SuppressMapClientErrors = true;
                api.InvalidModelStateResponseFactory = Unreadable;
            });
        services.AddSwaggerPages();
    }

    public static void UseApi(this WebApplication app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        app.UseSwaggerPages();
        app.UseMiddleware<SurfaceRouting>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<FormBody>();
        app.MapControllers().Add(AnsweredByAttribute.Apply);
        app.MapLinkedMedia();
        app.MapHealth();
    }

    /// <summary>What cannot be bound stands in the path (a malformed SID: there is no such resource) or in the form.</summary>
    private static IActionResult Unreadable(ActionContext context)
    {
        var name = context.ModelState.First(entry => entry.Value?.Errors.Count > 0).Key;
        throw new RefusedException(context.RouteData.Values.Keys.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? ErrorRenderer.NotFound(context.HttpContext)
            : MessagingError.BadParameter.Refuse($"The parameter {name} could not be read"));
    }
}
