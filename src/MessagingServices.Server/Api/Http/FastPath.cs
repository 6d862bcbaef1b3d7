namespace MessagingServices.Server.Api.Http;

/// <summary>
/// An action that skips the framework's binding, filters and formatters, because they are too slow for the calls made
/// under load. Routing calls the endpoint class directly. The action calls the same class, and describes the route, the
/// parameters and the responses.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal abstract class FastPathAttribute : Attribute
{
    internal abstract RequestDelegate Handler(IServiceProvider services);

    /// <summary>Routes such an action to its endpoint class.</summary>
    internal static void Apply(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<FastPathAttribute>().FirstOrDefault() is { } attribute)
            endpoint.RequestDelegate = attribute.Handler(endpoint.ApplicationServices);
    }
}

/// <inheritdoc/>
/// <typeparam name="TEndpoint">The endpoint class, a singleton.</typeparam>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FastPathAttribute<TEndpoint> : FastPathAttribute where TEndpoint : class, IFastPathEndpoint
{
    internal override RequestDelegate Handler(IServiceProvider services)
    {
        // Routes are made before the database is open, which some endpoints need.
        Lazy<TEndpoint> endpoint = new(services.GetRequiredService<TEndpoint>, LazyThreadSafetyMode.PublicationOnly);
        return context => endpoint.Value.RespondAsync(context);
    }
}

/// <summary>Responds to requests that are authenticated and whose form has been read.</summary>
internal interface IFastPathEndpoint
{
    /// <summary>Writes the whole response.</summary>
    /// <exception cref="TwilioException">The request is refused; the error middleware renders it.</exception>
    Task RespondAsync(HttpContext context);
}
