using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Outbound.Accept;

namespace MessagingServices.Server.Api.V2010;

/// <summary>Takes messages: the one call that is made under load.</summary>
internal sealed class CreateMessageEndpoint(
    CreateMessageReader reader, RenderContent renderContent, FindApplication findApplication,
    AcceptMessage acceptMessage, TestMessages testMessages) : IFastPathEndpoint
{
    /// <inheritdoc/>
    public async Task RespondAsync(HttpContext context)
    {
        var form = reader.Read(context.Request.Form);
        var draft = form.ToOutboundMessage(context.User.AccountSid());
        if (context.User.Credential().Kind == CredentialKind.Test)
        {
            await RespondAsync(context, testMessages.Check(draft), form);
            return;
        }

        if (draft.StatusCallback is null && !string.IsNullOrEmpty(form.ApplicationSid))
        {
            draft = draft with
            {
                StatusCallback = await findApplication.CallbackOfAsync(
                    draft.AccountSid, form.ApplicationSid, context.RequestAborted),
            };
        }

        if (form.Content is { } choice)
        {
            var content = await renderContent.RenderAsync(
                draft.AccountSid, choice, draft.To, context.RequestAborted);
            draft = draft with
            {
                Body = content.Body, MediaUrls = content.MediaUrls, ContentSid = choice.Sid,
                Options = draft.Options | MessageOptions.Template,
            };
        }

        await RespondAsync(context, await acceptMessage.AcceptAsync(draft, context.RequestAborted), form);
    }

    private static Task RespondAsync(HttpContext context, Message message, CreateMessageForm form) =>
        ResponseFormat.WriteAsync(context, StatusCodes.Status201Created,
            MessageResource.OfNew(message, hasTemplate: form.Content is not null));
}
