using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// A webhook of a conversation on the wire. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource.
/// </summary>
internal sealed record ConversationWebhookResource
{
    /// <summary>SID with the prefix WH.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns the conversation.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The conversation.</summary>
    public required Sid ConversationSid { get; init; }

    /// <summary>The target type: always <c>webhook</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Where to, how, and of which events.</summary>
    public required ConversationWebhookConfiguration Configuration { get; init; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When it last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a webhook, its address on the host that the request came to.</summary>
    public static ConversationWebhookResource Of(ConversationWebhook webhook, HttpRequest request) => new()
    {
        Sid = webhook.Sid,
        AccountSid = webhook.AccountSid,
        ConversationSid = webhook.ConversationSid,
        Target = "webhook",
        Configuration = new(webhook.Url, webhook.Method == "GET" ? "get" : "post", webhook.Filters),
        DateCreated = new(webhook.DateCreated),
        DateUpdated = new(webhook.DateUpdated),
        Url = request.AbsoluteUrl($"{ConversationResource.Path(webhook.ConversationSid)}/Webhooks/{webhook.Sid}"),
    };
}

/// <summary>The settings of a conversation's webhook.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Method"><c>get</c> or <c>post</c>.</param>
/// <param name="Filters">Of which events.</param>
internal sealed record ConversationWebhookConfiguration(string Url, string Method, IReadOnlyList<string> Filters);

/// <summary>The settings of a conversation's webhook. Absent keeps, or takes the default.</summary>
internal abstract record ConversationWebhookForm
{
    /// <summary>Where to; required on creation.</summary>
    [FromForm(Name = "Configuration.Url")]
    public string? ConfigurationUrl { get; init; }

    /// <summary>The HTTP method of the webhook: <c>get</c> or <c>post</c> (default).</summary>
    [FromForm(Name = "Configuration.Method")]
    public string? ConfigurationMethod { get; init; }

    /// <summary>An event that it is notified of, such as <c>onMessageAdded</c>; repeated for more.</summary>
    [FromForm(Name = "Configuration.Filters")]
    public string[]? ConfigurationFilters { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    internal void ApplyTo(ConversationWebhook webhook)
    {
        webhook.Url = ConfigurationUrl.OrKeep(webhook.Url);
        webhook.Method = ConfigurationMethod.OrKeepMethod(webhook.Method);
        webhook.Filters = ConfigurationFilters.OrKeepEvents(webhook.Filters);
    }
}

/// <summary>The parameters with which a webhook is added to a conversation.</summary>
internal sealed record CreateConversationWebhookForm : ConversationWebhookForm
{
    /// <summary>
    /// The target type: <c>webhook</c>. Twilio's others (<c>trigger</c>, <c>studio</c>) are refused. Required.
    /// </summary>
    public string? Target { get; init; }
}

/// <summary>The parameters with which a conversation's webhook is changed; all are optional.</summary>
internal sealed record UpdateConversationWebhookForm : ConversationWebhookForm;

/// <summary>The rules for the settings of a conversation's webhook.</summary>
internal abstract class ConversationWebhookRules<TForm> : AbstractValidator<TForm> where TForm : ConversationWebhookForm
{
    protected ConversationWebhookRules()
    {
        RuleFor(form => form.ConfigurationUrl).Url("Configuration.Url");
        RuleFor(form => form.ConfigurationMethod).HttpMethod("Configuration.Method");
        RuleFor(form => form.ConfigurationFilters).Events("Configuration.Filters");
    }
}

/// <summary>The rules for a new webhook.</summary>
internal sealed class CreateConversationWebhookRules : ConversationWebhookRules<CreateConversationWebhookForm>
{
    public CreateConversationWebhookRules()
    {
        RuleFor(form => form.Target).Required(nameof(CreateConversationWebhookForm.Target));
        RuleFor(form => form.Target).OneOf("webhook").ToApiError(value => $"Target must be webhook, not '{value}'");
        RuleFor(form => form.ConfigurationUrl).Required("Configuration.Url");
    }
}

/// <summary>The rules for a change.</summary>
internal sealed class UpdateConversationWebhookRules : ConversationWebhookRules<UpdateConversationWebhookForm>;
