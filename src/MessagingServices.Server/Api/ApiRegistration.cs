using FluentValidation;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Documentation;
using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Fidelity;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Api.Surfaces;
using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Api.WebConsole;
using MessagingServices.Server.Events;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MessagingServices.Server.Api;

/// <summary>
/// Registers the HTTP side: Twilio's surfaces and the emulator API, their errors and their authentication.
/// </summary>
internal static class ApiRegistration
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSection<ApiOptions>();
        builder.AddSection<KnownProxyOptions>();
        builder.AddSection<ConsoleOptions>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<SessionCredentials>();
        services.AddSingleton<Callers>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<ConsoleFolder>();
        services.AddSingleton<Access>();
        services.AddSingleton<AccountRequests>();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<FailedRequests>();
        services.AddSingleton<CallerCheck>();
        services.AddSingleton<ICallerCheck>(provider => provider.GetRequiredService<CallerCheck>());
        services.AddSingleton<ApplicationEnvironment>();
        services.AddSingleton<StreamChecks>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<IEventEncoder, EventEncoder>();

        ValidatorOptions.Global.DefaultClassLevelCascadeMode = CascadeMode.Stop;
        ValidatorOptions.Global.DefaultRuleLevelCascadeMode = CascadeMode.Stop;
        services.AddSingleton<FormValidators>();
        services.AddSingleton<CreateMessageReader>();
        services.AddSingleton<CreateMessageEndpoint>();
        // AddControllers would add more, such as authorization, which the server does itself or does not need.
        services.AddMvcCore(mvc =>
            {
                mvc.ModelBinderProviders.Insert(0, new FormBinding());
                // Paths only. Those of queries and forms would read names in the way of jQuery.
                mvc.ValueProviderFactories.Clear();
                mvc.ValueProviderFactories.Add(new RouteValueProviderFactory());
                mvc.Filters.Add<FormValidation>();
                mvc.Filters.Add<ResponseFormat>();
            })
            .ConfigureApplicationPartManager(parts => parts.FeatureProviders.Add(new InternalControllers()))
            .AddApiExplorer()
            .AddJsonOptions(json => ApiJson.Configure(json.JsonSerializerOptions))
            .ConfigureApiBehaviorOptions(api =>
            {
                api.SuppressMapClientErrors = true;
                api.InvalidModelStateResponseFactory = Unreadable;
            });
        services.AddSwaggerPages();
    }

    /// <summary>The first part of every request: errors become Twilio's.</summary>
    public static WebApplication UseErrors(this WebApplication app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        return app;
    }

    public static WebApplication UseApi(this WebApplication app)
    {
        // Before the forwarded address: the Host must be the one that was sent.
        app.UseMiddleware<AllowedCallers>();
        app.UseMiddleware<ForwardedAddress>();
        app.UseMiddleware<ConsoleFiles>();
        app.UseDocumentationFiles();
        app.UseSwaggerPages();
        app.UseMiddleware<SurfaceRouting>();
        app.UseMiddleware<Preflight>();
        app.UseRouting();
        app.UseMiddleware<ExactPaths>();
        app.UseMiddleware<RequestDeadline>();
        app.UseMiddleware<BasicAuthentication>();
        app.UseMiddleware<FormBody>();
        app.UseMiddleware<RequestFaults>();
        var controllers = app.MapControllers();
        controllers.Add(FastPathAttribute.Apply);
        controllers.Add(JsonBody.Note);
        // After the fast path, whose route it may report on.
        controllers.Add(EmulatedOperation.Note);
        NotEmulated.Map(app);
        app.MapLinkedMedia();
        app.MapDeactivatedNumbers();
        app.MapHealth();
        return app;
    }

    /// <summary>A value that cannot be bound is in the path (a malformed SID: 404) or in the form (400).</summary>
    private static IActionResult Unreadable(ActionContext context)
    {
        var name = context.ModelState.First(entry => entry.Value?.Errors.Count > 0).Key;
        throw new TwilioException(context.RouteData.Values.Keys.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? ErrorRenderer.NotFound(context.HttpContext)
            : MessagingError.BadParameter.ToApiError($"The parameter {name} could not be read"));
    }
}
