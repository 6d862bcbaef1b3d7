using System.Text.RegularExpressions;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Which webhooks are listed or replayed. An absent or empty parameter matches all.</summary>
internal sealed record WebhookFilter
{
    /// <summary>Those of this message.</summary>
    public string? MessageSid { get; init; }

    /// <summary>Those to exactly this URL.</summary>
    public string? Url { get; init; }

    /// <summary>The outcome: <c>pending</c>, <c>delivered</c>, <c>failed</c> or <c>dropped</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>The kind: <c>status_callback</c>, <c>inbound</c>, <c>fallback</c> or <c>conversation</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Those to this host, on any port; or with a port, such as <c>example.com:8080</c>.</summary>
    public string? Host { get; init; }

    /// <summary>Those of then or later: <c>YYYY-MM-DD</c>, or with a time, on the emulator's clock.</summary>
    [Shape(Format = "date-time")]
    public string? Since { get; init; }

    /// <summary>Of an account's messages those whose pending webhooks may match; the shape was checked.</summary>
    internal IQueryable<Message> ApplyToPending(IQueryable<Message> messages)
    {
        if (Sid.TryParse(MessageSid, null, out var sid)) messages = messages.Where(message => message.Sid == sid);
        if (!string.IsNullOrEmpty(Kind) && KindOf(Kind) != WebhookKind.StatusCallback)
            messages = messages.Where(_ => false);
        if (!string.IsNullOrEmpty(Host))
        {
            var pattern = HostPattern.Of(Host);
            messages = messages.Where(message => Regex.IsMatch(
                EF.Functions.Collate(message.StatusCallback!, "C"), pattern, RegexOptions.IgnoreCase));
        }

        return string.IsNullOrEmpty(Url) ? messages : messages.Where(message => message.StatusCallback == Url);
    }

    /// <summary>Filters; the shape was checked.</summary>
    internal IQueryable<Webhook> Apply(IQueryable<Webhook> webhooks)
    {
        if (Sid.TryParse(MessageSid, null, out var message))
            webhooks = webhooks.Where(webhook => webhook.MessageSid == message);
        if (!string.IsNullOrEmpty(Url)) webhooks = webhooks.Where(webhook => webhook.Url == Url);
        if (!string.IsNullOrEmpty(Outcome))
        {
            var outcome = EnumNames<WebhookOutcome>.Parse(Outcome.ToLowerInvariant());
            webhooks = webhooks.Where(webhook => webhook.Outcome == outcome);
        }

        if (!string.IsNullOrEmpty(Kind))
        {
            var kind = KindOf(Kind);
            webhooks = webhooks.Where(webhook => webhook.Kind == kind);
        }

        if (!string.IsNullOrEmpty(Host))
        {
            var pattern = HostPattern.Of(Host);
            webhooks = webhooks.Where(webhook => Regex.IsMatch(
                EF.Functions.Collate(webhook.Url, "C"), pattern, RegexOptions.IgnoreCase));
        }

        return Iso8601Time.TryParseDayOrMoment(Since, out var since)
            ? webhooks.Where(webhook => webhook.DateCreated >= since) : webhooks;
    }

    private static WebhookKind KindOf(string kind) => EnumNames<WebhookKind>.Parse(kind.ToLowerInvariant());
}

/// <summary>URLs of a host, as a regular expression of PostgreSQL that ignores case.</summary>
internal static partial class HostPattern
{
    /// <summary>Whether the text is a host, with or without a port; the expression needs no escapes for others.
    /// </summary>
    public static bool IsHost(string? text) => string.IsNullOrEmpty(text) || Shape.IsMatch(text);

    /// <summary>The expression for a host.</summary>
    public static string Of(string host)
    {
        var match = Shape.Match(host);
        var (name, port) = (match.Groups["name"].Value, match.Groups["port"].Value);
        var literal = string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c.ToString() : $@"\{c}"));
        var (scheme, suffix) = port switch
        {
            "" => ("https?", "(:[0-9]*)?"),
            "80" => ("(http|https(?=://[^/?#]*:80([/?#]|$)))", "(:80)?"),
            "443" => ("(https|http(?=://[^/?#]*:443([/?#]|$)))", "(:443)?"),
            _ => ("https?", $":{port}"),
        };
        return $"^{scheme}://([^/?#]*@)?{literal}{suffix}([/?#]|$)";
    }

    [GeneratedRegex(
        @"\A(?<name>[\p{L}\p{N}._-]+|\[[0-9A-Fa-f:.]+\])(:(?<port>[0-9]{1,5}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape { get; }
}

/// <summary>SIDs and words must be readable.</summary>
internal sealed class WebhookFilterRules : AbstractValidator<WebhookFilter>
{
    public WebhookFilterRules()
    {
        RuleFor(filter => filter.MessageSid).AnySid("MessageSid");
        RuleFor(filter => filter.Kind).OneOf(["", .. EnumNames<WebhookKind>.All])
            .ToApiError(value => $"Kind '{value}' is no kind of a webhook");
        RuleFor(filter => filter.Host).Must(HostPattern.IsHost)
            .ToApiError(value => $"Host '{value}' is not a host, such as example.com or example.com:8080");
        RuleFor(filter => filter.Since)
            .Must(value => string.IsNullOrEmpty(value) || Iso8601Time.TryParseDayOrMoment(value, out _))
            .ToApiError(value => $"Since '{value}' is not a date");
        RuleFor(filter => filter.Outcome).OneOf(["", .. EnumNames<WebhookOutcome>.All])
            .ToApiError(value => $"Outcome must be pending, delivered, failed or dropped, not '{value}'");
    }
}

/// <summary>What a replay of many webhooks has done.</summary>
/// <param name="Replayed">How many webhooks are delivered again.</param>
/// <param name="Complete">Whether these are all that match and are not pending.</param>
internal sealed record ReplayResource(int Replayed, bool Complete);
