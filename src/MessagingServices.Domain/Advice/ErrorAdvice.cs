using System.Collections.Frozen;
using System.Globalization;
using MessagingServices.Domain.Carriers;
using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Advice;

/// <summary>What to do about the error of a message.</summary>
public static class ErrorAdvice
{
    private static readonly FrozenDictionary<int, string> Remedies = Table.Read("error-remedies.txt")
        .Select(line => line.Split(' ', 2))
        .ToFrozenDictionary(row => int.Parse(row[0], CultureInfo.InvariantCulture), row => row[1]);

    /// <summary>The codes that have a remedy of their own.</summary>
    public static IReadOnlyCollection<int> Codes => Remedies.Keys;

    internal static IEnumerable<string> Of(Message message, IReadOnlyList<CarrierRule> rules)
    {
        if (message.ErrorCode is not { } code) yield break;
        var text = MessagingError.TextOf(code) is { } known ? $" ({known})" : "";
        var causes = rules.Where(rule => Causes(rule, message, code)).ToList();
        foreach (var rule in causes)
            yield return $"The carrier rule {rule.Sid} sets the error {code}{text}. Delete the rule to end that.";
        if (Remedies.TryGetValue(code, out var remedy) && causes.Count == 0)
            yield return $"Error {code}{text}: {remedy}";
        else if (causes.Count == 0)
            yield return $"Error {code}{text}: only a carrier rule sets it, and that rule exists no more.";
    }

    private static bool Causes(CarrierRule rule, Message message, int code) =>
        rule.Outcome is CarrierOutcome.Failed or CarrierOutcome.Undelivered
        && (rule.ErrorCode ?? MessagingError.UnknownFailure.Code) == code && rule.Matches(CarrierMessage.Of(message));
}
