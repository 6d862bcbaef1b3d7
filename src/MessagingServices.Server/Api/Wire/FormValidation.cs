using FluentValidation;
using MessagingServices.Domain;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MessagingServices.Server.Api.Wire;

/// <summary>Checks every bound form by its validator before the action runs, and refuses with the first rule that fails.</summary>
public sealed class FormValidation(IServiceProvider validators) : IAsyncActionFilter
{
    /// <inheritdoc/>
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        foreach (var argument in context.ActionArguments.Values)
        {
            if (argument is null || validators.GetService(typeof(IValidator<>).MakeGenericType(argument.GetType())) is not IValidator validator)
                continue;
            var result = await validator.ValidateAsync(new ValidationContext<object>(argument), context.HttpContext.RequestAborted);
            if (result.IsValid) continue;
            throw result.Errors[0].CustomState is Refusal refusal
                ? new RefusedException(refusal)
                : new InvalidOperationException($"A rule for {result.Errors[0].PropertyName} says not with what to refuse.");
        }

        await next();
    }
}
