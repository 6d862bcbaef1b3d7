using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Agents;

/// <summary>A rule of any family.</summary>
internal sealed record FaultRuleResource
{
    /// <summary>SID with the prefix CR, WR or QR.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The family: carrier, webhook or request.</summary>
    public required string Family { get; init; }

    /// <summary>What matches: the parameters of the API by their names. Empty for everything.</summary>
    public required IReadOnlyDictionary<string, object> Match { get; init; }

    /// <summary>What happens: the parameters of the API by their names.</summary>
    public required IReadOnlyDictionary<string, object> Effect { get; init; }

    /// <summary>How often the rule applies; null for always.</summary>
    public required int? Times { get; init; }

    /// <summary>How often it has applied; null without <c>Times</c>.</summary>
    public required int? TimesUsed { get; init; }

    /// <summary>When it was made.</summary>
    public required Iso8601Date DateCreated { get; init; }
}
