using MessagingServices.Domain.Tests.Selection;

namespace MessagingServices.Domain.Tests.OptOuts;

/// <summary>Short notation for received texts. A scope is <c>service</c> or the sender's address.</summary>
internal static class Keywords
{
    public const string TheService = "service";

    /// <summary>A text to a sender (see <see cref="Pools"/>) in the pool of a Messaging Service.</summary>
    public static ReceivedText ToPool(
        string body, string sender, AdvancedOptOut? advanced = null, params string[] optedOutOf) =>
        Received(body, Pools.Sender(sender), advanced, optedOutOf);

    /// <summary>A text to a sender outside of any pool.</summary>
    public static ReceivedText ToAlone(string body, string sender, params string[] optedOutOf) =>
        Received(body, Pools.Sender(sender, service: default(Sid)), null, optedOutOf);

    /// <summary>The effect and the replies of a text; null if it is not a keyword.</summary>
    public static string? Effect(this ReceivedText text)
    {
        if (KeywordRules.Apply(text) is not { } effect) return null;
        return string.Join(' ', [
            $"{effect.Type}{(effect.IsAdvanced ? "!" : "")}", .. effect.Added.Select(scope => $"+{Short(scope)}"),
            .. effect.Removed.Select(scope => $"-{Short(scope)}"), .. effect.Replies.Select(Reply),
        ]);
    }

    /// <summary>Enabled settings whose replies show the set that they belong to.</summary>
    public static AdvancedOptOut Advanced(
        params (string? Country, string? Language, string OptOut, string OptIn, string Help)[] overrides)
    {
        var advanced = new AdvancedOptOut(Pools.Service) { Enabled = true };
        Assert.Null(advanced.Change(null, null,
            set => set with { OptOutReply = "(stop)", OptInReply = "(start)", HelpReply = "(help)" }));
        foreach (var (country, language, optOut, optIn, help) in overrides)
        {
            Assert.Null(advanced.Change(country, language, _ => new()
            {
                OptOutKeywords = KeywordSet.Read(optOut),
                OptInKeywords = KeywordSet.Read(optIn),
                HelpKeywords = KeywordSet.Read(help),
                OptOutReply = $"(stop {country}{language})",
                OptInReply = $"(start {country}{language})",
                HelpReply = $"(help {country}{language})",
            }));
        }

        return advanced;
    }

    private static ReceivedText Received(
        string body, PoolSender receiver, AdvancedOptOut? advanced, string[] optedOutOf) =>
        new(body, RecipientAddress.Parse(Pools.ToUs).Address!, receiver)
        {
            Advanced = advanced,
            OptedOutOf = [.. optedOutOf.Select(scope => scope == TheService ? Pools.Service.Value : scope)],
        };

    private static string Short(string scope) => scope == Pools.Service.Value ? TheService : scope;

    private static string Reply(string text) => text == OptOutKeywords.Default.OptOutReply ? "unsubscribed"
        : text == OptOutKeywords.Default.OptInReply ? "resubscribed"
        : text == OptOutKeywords.Default.HelpReply ? "help"
        : text;
}
