using System.Net;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>How many webhooks are under way at once and which networks may be called: the section <c>Webhooks</c>.</summary>
internal sealed record WebhookOptions
{
    /// <summary>Requests under way at once in this process, to all endpoints together; 1 to 10000, 256 unless set.</summary>
    public int MaxConcurrency { get; init; } = 256;

    /// <summary>Requests under way at once in this process to one endpoint (scheme, host and port); 1 to 1000, 32 unless set.</summary>
    public int MaxConcurrencyPerEndpoint { get; init; } = 32;

    /// <summary>The longest that one medium of a message may take to be fetched, in milliseconds; 100 to 60000, 15000 unless set.</summary>
    public int MediaTimeoutMs { get; init; } = 15_000;

    /// <summary>
    /// Whether addresses that are not of the public internet are refused; unset they may be called, since the receivers of an
    /// emulator's users are local.
    /// </summary>
    public bool BlockPrivateNetworks { get; init; }

    /// <summary>The networks that may be called all the same when private ones are blocked, each as <c>address/length</c>.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>Reads the section. <c>AllowedNetworks</c> may be a list or one text with commas.</summary>
    /// <exception cref="StartupException">A setting is unreadable or out of range.</exception>
    public static WebhookOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Webhooks");
        var defaults = new WebhookOptions();
        return new()
        {
            MaxConcurrency = Settings.Number(section, nameof(MaxConcurrency), defaults.MaxConcurrency, 1, 10000),
            MaxConcurrencyPerEndpoint = Settings.Number(section, nameof(MaxConcurrencyPerEndpoint), defaults.MaxConcurrencyPerEndpoint, 1, 1000),
            MediaTimeoutMs = Settings.Number(section, nameof(MediaTimeoutMs), defaults.MediaTimeoutMs, 100, 60_000),
            BlockPrivateNetworks = Settings.Switch(section, nameof(BlockPrivateNetworks)),
            AllowedNetworks = Networks(section.GetSection(nameof(AllowedNetworks))),
        };
    }

    private static List<IPNetwork> Networks(IConfigurationSection list)
    {
        var texts = list.GetChildren().Select(entry => entry.Value).Append(list.Value).OfType<string>()
            .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return [.. texts.Select(text => IPNetwork.TryParse(text, out var network)
            ? network
            : throw new StartupException($"{list.Path} names '{text}': write each network as address/length, such as 10.0.0.0/8."))];
    }
}
