namespace MessagingServices.Server.Api.Wire;

/// <summary>
/// An action that is called so often that the framework's binding, filters and formatters are too slow for it: another class answers in its
/// place. The action itself, never run, describes it: route, parameters and answers.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class AnsweredByAttribute : Attribute
{
    internal abstract RequestDelegate Answer(IServiceProvider services);

    /// <summary>Lets such actions be answered by their classes.</summary>
    internal static void Apply(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<AnsweredByAttribute>().FirstOrDefault() is { } attribute)
            endpoint.RequestDelegate = attribute.Answer(endpoint.ApplicationServices);
    }
}

/// <inheritdoc/>
/// <typeparam name="TEndpoint">The class; one object of it answers all requests.</typeparam>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnsweredByAttribute<TEndpoint> : AnsweredByAttribute where TEndpoint : class, ILeanEndpoint
{
    internal override RequestDelegate Answer(IServiceProvider services) => ActivatorUtilities.CreateInstance<TEndpoint>(services).AnswerAsync;
}

/// <summary>Answers requests that are authorized already, their forms read.</summary>
public interface ILeanEndpoint
{
    /// <summary>Answers.</summary>
    Task AnswerAsync(HttpContext context);
}
