using System.ComponentModel.DataAnnotations;
using System.Net;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>How many webhooks run at once, and which networks the server may call.</summary>
[Section("Webhooks", "How many webhooks run at once, and which networks the server may call.",
    See = "inbound.md#my-webhook-was-not-called")]
internal sealed class WebhookOptions : IValidatableObject
{
    [Setting("The max number of webhooks that run at once in this process, to all endpoints together.")]
    [Range(1, 10_000)]
    public int MaxConcurrency { get; init; } = 1024;

    [Setting("The max number of webhooks that run at once in this process to one endpoint: scheme, host and port. "
        + "Endpoints that do not respond share half of `MaxConcurrency`; each may have four at least.")]
    [Range(1, 1_000)]
    public int MaxConcurrencyPerEndpoint { get; init; } = 64;

    [Setting("The time limit for the download of one media item of a message, in milliseconds.")]
    [Range(100, 60_000)]
    public int MediaTimeoutMs { get; init; } = 15_000;

    [Setting("`true`: the server does not call addresses outside of the public internet, and downloads no media from "
        + "there. `false`: it may call them, since the applications of an emulator's users run locally.")]
    public bool BlockPrivateNetworks { get; init; }

    [Setting("Networks that the server may call though private ones are blocked.",
        Default = "none", Values = "a list, or a text with commas, of networks like `10.0.0.0/8`")]
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from network in AllowedNetworks
        where !IPNetwork.TryParse(network, out _)
        select new ValidationResult(
            $"Webhooks:AllowedNetworks names '{network}': write each network as address/length, such as 10.0.0.0/8.");
}
