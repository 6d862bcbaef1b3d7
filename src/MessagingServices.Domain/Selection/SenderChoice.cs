using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>What sender selection decided: <see cref="Chosen"/> or <see cref="Refused"/>.</summary>
public abstract class SenderChoice
{
    private readonly List<(string Rule, RuleOutcome Outcome)> trail;

    private SenderChoice(List<(string Rule, RuleOutcome Outcome)> trail) => this.trail = trail;

    /// <summary>Why, for people.</summary>
    public virtual string Reason => trail.Count == 0
        ? "The sender pool is empty."
        : string.Join(' ', trail.Where((step, i) => step.Outcome.RemovedCount > 0 || i == trail.Count - 1).Select(step => step.Outcome.Reason));

    /// <summary>No sender is used, since the recipient has opted out (21610).</summary>
    /// <param name="of">What of, for people.</param>
    /// <param name="chosen">What was chosen before that showed; null when no rule was asked.</param>
    public static SenderChoice OptedOut(string of, SenderChoice? chosen = null) => new Refused(
        MessagingError.OptedOut, chosen?.trail ?? [], $"{chosen?.Reason} The recipient has opted out of {of}.".TrimStart());

    /// <summary>What each rule did, in order. Made when it is asked for.</summary>
    /// <param name="most">How many senders each list of a step names at most.</param>
    public IReadOnlyList<SelectionStep> Steps(int most = int.MaxValue) => [.. trail.Select(step => step.Outcome.ToStep(step.Rule, most))];

    /// <summary>The rule that took a sender out; null when none did.</summary>
    public string? RemovedBy(Sid sender) => trail.Find(step => step.Outcome.Removed(sender)).Rule;

    /// <summary>This sender is used.</summary>
    public sealed class Chosen : SenderChoice
    {
        internal Chosen(PoolSender sender, List<(string Rule, RuleOutcome Outcome)> trail) : base(trail) => Sender = sender;

        /// <summary>The sender.</summary>
        public PoolSender Sender { get; }
    }

    /// <summary>No sender can be used.</summary>
    public sealed class Refused : SenderChoice
    {
        private readonly string? reason;

        internal Refused(MessagingError error, List<(string Rule, RuleOutcome Outcome)> trail, string? reason = null) : base(trail) =>
            (Error, this.reason) = (error, reason);

        /// <summary>What the message fails with: 21703, 21704 for an empty pool, 21610 when the recipient has opted out.</summary>
        public MessagingError Error { get; }

        /// <inheritdoc/>
        public override string Reason => reason ?? (Steps(1) is [.., { Removed: [{ } last, ..] }]
            ? $"{base.Reason} No sender is left; {last.Sender}: {last.Why}."
            : base.Reason);
    }
}
