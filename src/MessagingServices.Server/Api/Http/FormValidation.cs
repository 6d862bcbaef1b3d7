using System.Collections.Concurrent;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Checks every bound form by its validator before the action runs, and refuses with the first rule that fails.
/// </summary>
internal sealed class FormValidation(IServiceProvider services) : IAsyncActionFilter
{
    private static readonly ConcurrentDictionary<Type, Type> ValidatorTypes = new();

    /// <inheritdoc/>
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        foreach (var argument in context.ActionArguments.Values)
        {
            if (argument is null || services.GetService(ValidatorTypes.GetOrAdd(argument.GetType(),
                Closed)) is not IValidator validator) continue;
            Check(await validator.ValidateAsync(
                new ValidationContext<object>(argument), context.HttpContext.RequestAborted));
        }

        await next();

        static Type Closed(Type form) => typeof(IValidator<>).MakeGenericType(form);
    }

    /// <summary>Refuses with the first rule that failed.</summary>
    /// <exception cref="TwilioException">A rule failed.</exception>
    internal static void Check(ValidationResult result)
    {
        if (result.IsValid) return;
        throw result.Errors[0].CustomState is ApiError error
            ? new TwilioException(error)
            : new InvalidOperationException($"A rule for {result.Errors[0].PropertyName} has no error.");
    }
}
