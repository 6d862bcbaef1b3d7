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
    /// <exception cref="TwilioException">A rule refuses it. An error with code 20001 names the field.</exception>
    public TForm Checked<TForm>(TForm form) where TForm : class
    {
        var result = Context.RequestServices.GetRequiredService<FormValidators>().Of<TForm>().Validate(form);
        try
        {
            FormValidation.Check(result);
            return form;
        }
        catch (TwilioException refused) when (IsOfParameter(refused.ApiError))
        {
            var (field, message) = (result.Errors[0].PropertyName, refused.ApiError.Message);
            if (ToolDescription.WithoutValues(message).Contains(field, StringComparison.Ordinal)) throw;
            throw ToolArguments.Wrong($"{field}: {message}");
        }
    }

    /// <summary>Whether an error is about a parameter. Others are Twilio's own, with its text.</summary>
    public static bool IsOfParameter(ApiError error) => error.Error.Code == MessagingError.BadParameter.Code;
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
