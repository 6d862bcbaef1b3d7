using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>The settings of a conversation's webhook. Absent keeps, or takes the default.</summary>
internal abstract record ConversationWebhookForm
{
    /// <summary>Where to. The targets <c>webhook</c> and <c>trigger</c> need it.</summary>
    [FromForm(Name = "Configuration.Url")]
    public string? ConfigurationUrl { get; init; }

    /// <summary>The HTTP method of the webhook: <c>get</c> or <c>post</c> (default).</summary>
    [FromForm(Name = "Configuration.Method")]
    public string? ConfigurationMethod { get; init; }

    /// <summary>
    /// An event that it is notified of, such as <c>onMessageAdded</c>; repeated for more. The target <c>webhook</c>
    /// needs one.
    /// </summary>
    [FromForm(Name = "Configuration.Filters")]
    public string[]? ConfigurationFilters { get; init; }

    /// <summary>
    /// A keyword, in any case; repeated for more. The target <c>trigger</c> is notified of messages that contain one.
    /// </summary>
    [FromForm(Name = "Configuration.Triggers")]
    public string[]? ConfigurationTriggers { get; init; }

    /// <summary>The flow (prefix FW) of the target <c>studio</c>, which needs one; kept and shown.</summary>
    [FromForm(Name = "Configuration.FlowSid")]
    public string? ConfigurationFlowSid { get; init; }

    /// <summary>The index of the message from which on events are sent again; kept and shown.</summary>
    [FromForm(Name = "Configuration.ReplayAfter")]
    public string? ConfigurationReplayAfter { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    internal void ApplyTo(ConversationWebhook webhook)
    {
        webhook.Url = string.IsNullOrEmpty(ConfigurationUrl) ? webhook.Url : ConfigurationUrl;
        webhook.Method = ConfigurationMethod.OrKeepMethod(webhook.Method);
        webhook.Filters = ConfigurationFilters.OrKeepEvents(webhook.Filters);
        webhook.Triggers = ConfigurationTriggers.OrKeepEvents(webhook.Triggers);
        webhook.FlowSid = string.IsNullOrEmpty(ConfigurationFlowSid)
            ? webhook.FlowSid : Sid.Parse(ConfigurationFlowSid);
        if (ConfigurationReplayAfter is not null)
            webhook.ReplayAfter = int.Parse(ConfigurationReplayAfter, CultureInfo.InvariantCulture);
    }

    /// <summary>Whether filters are given, and none of them is an event.</summary>
    internal bool HasNoFilter => ConfigurationFilters is not null && ConfigurationFilters.All(string.IsNullOrEmpty);
}

/// <summary>The parameters with which a webhook is added to a conversation.</summary>
internal sealed record CreateConversationWebhookForm : ConversationWebhookForm
{
    /// <summary>
    /// The target type: <c>webhook</c>, <c>trigger</c>, or <c>studio</c> (kept and shown: there are no flows).
    /// Required.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>The target type; the word was checked.</summary>
    internal ConversationWebhookTarget ToTarget() =>
        EnumNames<ConversationWebhookTarget>.Parse(Target!.ToLowerInvariant());

    /// <summary>Whether the target is this one; other words are refused by another rule.</summary>
    internal bool IsFor(ConversationWebhookTarget target) =>
        EnumNames<ConversationWebhookTarget>.Of(target).Equals(Target, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The parameters with which a conversation's webhook is changed; all are optional.</summary>
internal sealed record UpdateConversationWebhookForm : ConversationWebhookForm;

/// <summary>The rules for the settings of a conversation's webhook.</summary>
internal abstract class ConversationWebhookRules<TForm> : AbstractValidator<TForm> where TForm : ConversationWebhookForm
{
    private const int MaxKeyword = 256;

    /// <summary>Adds the rules; those of the target come before them.</summary>
    protected void AddSettings()
    {
        RuleFor(form => form.ConfigurationUrl).Url("Configuration.Url");
        RuleFor(form => form.ConfigurationMethod).HttpMethod("Configuration.Method");
        RuleFor(form => form.ConfigurationFilters).Events();
        RuleFor(form => form).Must(form => !form.HasNoFilter)
            .WithState(_ => MessagingError.WebhookWithoutFilter.ToApiError());
        RuleFor(form => form.ConfigurationTriggers)
            .Must(
                new() { MaxLength = MaxKeyword },
                keywords => keywords is null || keywords.All(keyword => keyword.Length <= MaxKeyword))
            .WithState(_ => MessagingError.BadParameter.ToApiError(
                $"Configuration.Triggers: a keyword exceeds {MaxKeyword} characters"));
        RuleFor(form => form.ConfigurationFlowSid).SidOf("Configuration.FlowSid", SidPrefix.StudioFlow);
        RuleFor(form => form.ConfigurationReplayAfter).WholeNumber();
        RuleFor(form => form.ConfigurationReplayAfter)
            .Between(0, int.MaxValue,
                MessagingError.BadParameter with { Text = "Configuration.ReplayAfter must not be negative" });
    }
}

/// <summary>The rules for a new webhook.</summary>
internal sealed class CreateConversationWebhookRules : ConversationWebhookRules<CreateConversationWebhookForm>
{
    public CreateConversationWebhookRules()
    {
        RuleFor(form => form.Target).Required(nameof(CreateConversationWebhookForm.Target));
        RuleFor(form => form.Target).OneOf(EnumNames<ConversationWebhookTarget>.All)
            .ToApiError(value => $"Target must be webhook, trigger or studio, not '{value}'");
        RuleFor(form => form.ConfigurationUrl).Required("Configuration.Url")
            .When(form => !form.IsFor(ConversationWebhookTarget.Studio));
        RuleFor(form => form.ConfigurationFlowSid).Required("Configuration.FlowSid")
            .When(form => form.IsFor(ConversationWebhookTarget.Studio));
        RuleFor(form => form.ConfigurationFilters)
            .Must((form, filters) => filters is not null || !form.IsFor(ConversationWebhookTarget.Webhook))
            .WithState(_ => MessagingError.WebhookWithoutFilter.ToApiError());
        AddSettings();
    }
}

/// <summary>The rules for a change.</summary>
internal sealed class UpdateConversationWebhookRules : ConversationWebhookRules<UpdateConversationWebhookForm>
{
    public UpdateConversationWebhookRules() => AddSettings();
}
