using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Checks every bound form by its validator before the action runs, and refuses with the first rule that fails.
/// </summary>
internal sealed class FormValidation(FormValidators validators) : IAsyncActionFilter
{
    /// <inheritdoc/>
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        foreach (var argument in context.ActionArguments.Values)
        {
            if (argument is null || validators.Of(argument.GetType()) is not { } validator) continue;
            Check(await validator.ValidateAsync(
                new ValidationContext<object>(argument), context.HttpContext.RequestAborted));
        }

        await next();
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
