using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Wire;
using MessagingServices.Server.Messaging;

namespace MessagingServices.Server.Api.V2010;

/// <summary>Takes messages: the one call that is made under load.</summary>
public sealed class CreateMessageEndpoint(FluentValidation.IValidator<CreateMessageForm> rules, AcceptMessage acceptMessage) : ILeanEndpoint
{
    /// <inheritdoc/>
    public async Task AnswerAsync(HttpContext context)
    {
        var form = FormFields<CreateMessageForm>.Read(context.Request.HasFormContentType ? context.Request.Form : FormCollection.Empty);
        FormValidation.Check(rules.Validate(form));
        var message = await acceptMessage.AcceptAsync(form.ToNewMessage(context.User.AccountSid()), context.RequestAborted);
        await WireAnswer.WriteAsync(context, StatusCodes.Status201Created, MessageResource.Of(message));
    }
}
