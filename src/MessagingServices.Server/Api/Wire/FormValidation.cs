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
            if (result.Errors is [{ CustomState: Refusal refusal }, ..]) throw new RefusedException(refusal);
        }

        await next();
    }
}
