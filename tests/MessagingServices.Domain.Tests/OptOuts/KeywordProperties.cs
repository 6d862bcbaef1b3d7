using CsCheck;
using MessagingServices.Domain.Tests.Selection;
using static MessagingServices.Domain.Tests.OptOuts.Keywords;

namespace MessagingServices.Domain.Tests.OptOuts;

/// <summary>Properties for all texts, senders and histories.</summary>
public class KeywordProperties
{
    private static readonly Gen<string> Word = OneOf(
        "STOP", "stop", "QUIT", "START", "unstop", "YES", "HELP", "info", "BASTA", "stop it", " STOP ", "hello", "");

    private static readonly Gen<string> Sender = OneOf(
        Pools.Us, Pools.Gb, Pools.TollFree, Pools.AShortCode, Pools.Rcs, Pools.WhatsApp, Pools.Alpha);

    private static readonly Gen<AdvancedOptOut?> Settings =
        OneOf<AdvancedOptOut?>(null, Advanced(), Advanced(("US", null, "BASTA", "OUI", "SOS")));

    private static readonly Gen<(string Body, string Sender, bool IsInPool, AdvancedOptOut? Advanced)> Text =
        Gen.Select(Gen.OneOf<string>(Word, Gen.String), Sender, Gen.Bool, Settings);

    private static readonly Gen<bool[]> History = Gen.Bool.Array[2];

    [Fact]
    public void Effect_adds_only_new_and_removes_only_present_opt_outs() => Sample((text, effect) =>
        !effect.Added.Intersect(text.OptedOutOf).Any() && effect.Removed.All(text.OptedOutOf.Contains));

    [Fact]
    public void Only_stop_adds_and_only_start_removes_opt_outs() => Sample((_, effect) => effect.Type switch
    {
        OptOutType.Stop => effect.Removed.Count == 0,
        OptOutType.Start => effect.Added.Count == 0,
        OptOutType.Help => effect.Added.Count + effect.Removed.Count == 0,
    });

    [Fact]
    public void Repeated_keyword_changes_nothing() => Sample((text, effect) =>
        KeywordRules.Apply(After(text, effect)) is not { } again || again is { Added.Count: 0, Removed.Count: 0 });

    [Fact]
    public void Start_removes_all_opt_outs_and_stop_leaves_at_least_one() => Sample((text, effect) =>
    {
        var after = After(text, effect).OptedOutOf;
        return effect.Type != OptOutType.Stop
            ? effect.Type != OptOutType.Start || !text.Body.Trim().Equals("START", StringComparison.OrdinalIgnoreCase)
                || after.Count == 0
            : after.Count > 0;
    });

    [Fact]
    public void Help_after_an_opt_out_gets_no_reply_and_max_replies_is_two() => Sample((text, effect) =>
        effect.Replies.Count <= 2 && effect.Replies.All(reply => reply.Length > 0)
        && (effect.Type != OptOutType.Help || text.OptedOutOf.Count == 0 || effect.Replies.Count == 0));

    [Fact]
    public void White_space_and_case_do_not_change_the_effect() => Sample((text, effect) =>
        KeywordRules.Apply(text with { Body = $"\n {text.Body.ToUpperInvariant()}\t" }) is { } other
        && other.Type == effect.Type && other.Added.SequenceEqual(effect.Added)
        && other.Removed.SequenceEqual(effect.Removed));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static ReceivedText After(ReceivedText text, KeywordEffect effect) =>
        text with { OptedOutOf = [.. text.OptedOutOf.Except(effect.Removed), .. effect.Added] };

    private static void Sample(Func<ReceivedText, KeywordEffect, bool> law) =>
        Gen.Select(Text, History).Sample((row, history) =>
    {
        var alone = ToAlone(row.Body, row.Sender);
        var text = row.IsInPool ? ToPool(row.Body, row.Sender, row.Advanced) : alone;
        string[] scopes = row.IsInPool ? [Pools.Service.Value, text.Receiver.Address] : [text.Receiver.Address];
        text = text with { OptedOutOf = [.. scopes.Where((_, i) => history[i])] };
        return KeywordRules.Apply(text) is not { } effect || law(text, effect);
    });
}
