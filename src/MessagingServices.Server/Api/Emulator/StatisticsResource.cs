using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>What happened to the messages of the account.</summary>
internal sealed record StatisticsResource
{
    /// <summary>The beginning of the time; ISO 8601.</summary>
    public required PreciseDate Since { get; init; }

    /// <summary>Whether all messages of this time are counted; false when there are more than 100,000.</summary>
    public required bool Complete { get; init; }

    /// <summary>The number of messages by their present status.</summary>
    public required IReadOnlyDictionary<string, long> Statuses { get; init; }

    /// <summary>The number of messages by their error code.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>How long the newest 5,000 messages and callbacks took.</summary>
    public required LatenciesResource LatencyMs { get; init; }

    /// <summary>
    /// The number of messages and webhooks that wait now: <c>select_sender</c>, <c>hand_to_carrier</c>,
    /// <c>fetch_media</c>, <c>carrier_reports</c>, <c>webhooks</c>. A queue is counted up to 10,000.
    /// </summary>
    public required IReadOnlyDictionary<string, long> Queues { get; init; }

    /// <summary>The senders for which messages wait now, those with the most first; at most 100.</summary>
    public required IReadOnlyList<SenderResource> Senders { get; init; }

    /// <summary>The same counts for each step of the time; none without <c>Step</c>.</summary>
    public required IReadOnlyList<StepResource> Steps { get; init; }
}

/// <summary>Latencies in milliseconds.</summary>
internal sealed record LatenciesResource
{
    /// <summary>From a message's creation, or its <c>SendAt</c>, to <c>sent</c>, on the emulator's clock.</summary>
    public required PercentilesResource Sent { get; init; }

    /// <summary>From the creation of a message, or its <c>SendAt</c>, to <c>delivered</c>.</summary>
    public required PercentilesResource Delivered { get; init; }

    /// <summary>The last request of a status callback that was acknowledged, in real time.</summary>
    public required PercentilesResource Callbacks { get; init; }
}

/// <summary>Half of the values, and 95 of 100, are not greater.</summary>
internal sealed record PercentilesResource
{
    /// <summary>The median; null without values.</summary>
    public required long? P50 { get; init; }

    /// <summary>The 95th percentile; null without values.</summary>
    public required long? P95 { get; init; }

    internal static PercentilesResource Of(Percentiles values) => new() { P50 = values.P50, P95 = values.P95 };
}

/// <summary>A sender for which messages wait.</summary>
internal sealed record SenderResource
{
    /// <summary>The sender's address.</summary>
    public required string Sender { get; init; }

    /// <summary>How many messages wait for the carrier or for their media.</summary>
    public required long Waiting { get; init; }
}

/// <summary>One step of the time.</summary>
internal sealed record StepResource
{
    /// <summary>Its beginning; ISO 8601.</summary>
    public required PreciseDate Start { get; init; }

    /// <summary>The number of messages created in it, by their present status.</summary>
    public required IReadOnlyDictionary<string, long> Statuses { get; init; }

    /// <summary>The number of these messages by their error code.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }
}
