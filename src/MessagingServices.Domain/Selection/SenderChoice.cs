using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>The result of sender selection: <see cref="Chosen"/> or <see cref="NoSender"/>.</summary>
public abstract class SenderChoice
{
    private readonly List<(string Rule, RuleOutcome Outcome)> trail;

    private SenderChoice(List<(string Rule, RuleOutcome Outcome)> trail) => this.trail = trail;

    /// <summary>The reason in words.</summary>
    public virtual string Reason => trail.Count == 0
        ? "The sender pool is empty."
        : string.Join(' ', trail.Where((step, i) => step.Outcome.RemovedCount > 0 || i == trail.Count - 1)
            .Select(step => step.Outcome.Reason));

    /// <summary>The result for a recipient that has opted out (21610).</summary>
    /// <param name="of">The sender or Messaging Service, in words.</param>
    /// <param name="chosen">The selection that showed the opt-out; null if no rule was evaluated.</param>
    public static SenderChoice OptedOut(string of, SenderChoice? chosen = null) => new NoSender(
        MessagingError.OptedOut, chosen?.trail ?? [],
        $"{chosen?.Reason} The recipient has opted out of {of}.".TrimStart());

    /// <summary>The outcome of each rule, in order. Built on each call.</summary>
    /// <param name="maxNamed">The maximum number of senders in each list of a step.</param>
    public IReadOnlyList<SelectionStep> Steps(int maxNamed = int.MaxValue) =>
        [.. trail.Select(step => step.Outcome.ToStep(step.Rule, maxNamed))];

    /// <summary>The rule that removed a sender; null if none did.</summary>
    public string? RemovedBy(Sid sender) => trail.Find(step => step.Outcome.Removed(sender)).Rule;

    public sealed class Chosen : SenderChoice
    {
        internal Chosen(PoolSender sender, List<(string Rule, RuleOutcome Outcome)> trail) : base(trail) =>
            Sender = sender;

        public PoolSender Sender { get; }
    }

    /// <summary>No sender is usable.</summary>
    public sealed class NoSender : SenderChoice
    {
        private readonly string? reason;

        internal NoSender(
            MessagingError error, List<(string Rule, RuleOutcome Outcome)> trail, string? reason = null)
            : base(trail) =>
            (Error, this.reason) = (error, reason);

        /// <summary>The message's error: 21703, 21704 for an empty pool, 30032 where only toll-free numbers that
        /// are not verified were left, or 21610 for an opt-out.</summary>
        public MessagingError Error { get; }

        /// <inheritdoc/>
        public override string Reason => reason ?? (Steps(1) is [.., { Removed: [{ } last, ..] }]
            ? $"{base.Reason} No sender is left; {last.Sender}: {last.Why}."
            : base.Reason);
    }
}
