using FluentValidation;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Agents;

/// <summary>One call of a tool.</summary>
/// <param name="Context">The request that carries it.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ToolCall(HttpContext Context, ToolArguments Arguments)
{
    /// <summary>Who calls.</summary>
    public Caller Caller => (Caller)Context.User;

    /// <summary>The account of the caller.</summary>
    public Sid Account => Caller.AccountSid;

    /// <summary>The form, checked by the rules that it has in the API.</summary>
    /// <exception cref="TwilioException">
    /// A rule refuses it. The error names the tool's parameter, not the form's field.
    /// </exception>
    public TForm Checked<TForm>(TForm form) where TForm : class
    {
        var result = Context.RequestServices.GetRequiredService<IValidator<TForm>>().Validate(form);
        try
        {
            FormValidation.Check(result);
            return form;
        }
        catch (TwilioException refused)
        {
            throw new TwilioException(Arguments.Rename(refused.ApiError, result.Errors[0].PropertyName));
        }
    }
}

/// <summary>A tool that agents can call.</summary>
internal interface IAgentTool
{
    /// <summary>What agents read of it.</summary>
    static abstract ToolDescription Description { get; }

    /// <summary>Does what it is for.</summary>
    /// <returns>An object of the described type.</returns>
    /// <exception cref="TwilioException">The caller gets this error as the tool's.</exception>
    Task<object> CallAsync(ToolCall call, CancellationToken cancellation);
}
