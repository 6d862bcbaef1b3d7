namespace MessagingServices.Server.Inbound;

/// <summary>What a handset sends: its shape is checked, its meaning not yet.</summary>
/// <param name="AccountSid">Who receives.</param>
/// <param name="From">The handset as it was written.</param>
/// <param name="To">The receiving sender as it was written.</param>
/// <param name="Body">The text; empty when there is none.</param>
internal sealed record NewInboundMessage(Sid AccountSid, string From, string To, string Body)
{
    /// <summary>The media's URLs.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>What only some channels tell, by the names of <see cref="Domain.Inbound.InboundParameters.OfChannels"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];
}
