using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Outbound.Accept;

namespace MessagingServices.Server.Api.V2010;

/// <summary>Takes messages: the one call that is made under load.</summary>
internal sealed class CreateMessageEndpoint(
    FluentValidation.IValidator<CreateMessageForm> rules, RenderContent renderContent, AcceptMessage acceptMessage)
    : IFastPathEndpoint
{
    /// <inheritdoc/>
    public async Task RespondAsync(HttpContext context)
    {
        var form = FormFields<CreateMessageForm>.Read(
            context.Request.HasFormContentType ? context.Request.Form : FormCollection.Empty);
        FormValidation.Check(rules.Validate(form));
        var draft = form.ToNewMessage(context.User.AccountSid());
        if (draft.Content is not null) draft = await renderContent.RenderAsync(draft, context.RequestAborted);
        var message = await acceptMessage.AcceptAsync(draft, context.RequestAborted);
        await ResponseFormat.WriteAsync(context, StatusCodes.Status201Created, MessageResource.Of(message));
    }
}
