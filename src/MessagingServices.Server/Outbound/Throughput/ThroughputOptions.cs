namespace MessagingServices.Server.Outbound.Throughput;

/// <summary>Whether senders send only as fast as Twilio's, and how fast that is: the section <c>Throughput</c>.</summary>
/// <param name="Simulate">Whether they do; otherwise every message is handed over at once.</param>
/// <param name="Rates">The rates.</param>
internal sealed record ThroughputOptions(bool Simulate, SendingRates Rates)
{
    private const int Fastest = 100_000;

    private static readonly HashSet<string> Known = new(
        [nameof(Simulate), .. typeof(SendingRates).GetProperties().Where(rate => rate.PropertyType == typeof(int)).Select(rate => rate.Name)],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the section.</summary>
    /// <exception cref="StartupException">A setting is unreadable.</exception>
    internal static ThroughputOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Throughput");
        SendingRates usual = new();
        if (section.GetChildren().FirstOrDefault(setting => !Known.Contains(setting.Key)) is { } unknown)
            throw new StartupException($"{unknown.Path} is no setting: there are {string.Join(", ", Known)}.");
        return new(Settings.Switch(section, nameof(Simulate)), new()
        {
            LongCodeToUs = Rate(nameof(usual.LongCodeToUs), usual.LongCodeToUs),
            CampaignToUs = Rate(nameof(usual.CampaignToUs), usual.CampaignToUs),
            LongCodeToCanada = Rate(nameof(usual.LongCodeToCanada), usual.LongCodeToCanada),
            TollFree = Rate(nameof(usual.TollFree), usual.TollFree),
            OtherCountries = Rate(nameof(usual.OtherCountries), usual.OtherCountries),
            ShortCode = Rate(nameof(usual.ShortCode), usual.ShortCode),
            Rcs = Rate(nameof(usual.Rcs), usual.Rcs),
            WhatsApp = Rate(nameof(usual.WhatsApp), usual.WhatsApp),
            MmsLongCode = Rate(nameof(usual.MmsLongCode), usual.MmsLongCode),
            MmsTollFree = Rate(nameof(usual.MmsTollFree), usual.MmsTollFree),
            MmsShortCode = Rate(nameof(usual.MmsShortCode), usual.MmsShortCode),
        });

        int Rate(string name, int unset) => Settings.Number(section, name, unset, 1, Fastest);
    }
}
