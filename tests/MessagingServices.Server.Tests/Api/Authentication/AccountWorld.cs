using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Authentication;

/// <summary>An account with one resource of every kind. All worlds have the same addresses.</summary>
internal sealed class AccountWorld
{
    /// <summary>A phone number that every world has.</summary>
    public const string Number = "+14155550150";

    private const string Handset = "+14155550152";
    private const string Participant = "+14155550153";
    private const string ShortCode = "70150";

    private readonly Dictionary<string, string> names = [];

    private AccountWorld(TestAccount account)
    {
        Account = account;
        names["account"] = account.Sid;
    }

    public TestAccount Account { get; }

    /// <summary>The SID, or the name in paths, of the resource of a kind.</summary>
    public string this[string kind] => names[kind];

    /// <summary>The kinds.</summary>
    public IEnumerable<string> Kinds => names.Keys;

    /// <summary>The SIDs of all resources, and of the account.</summary>
    public IEnumerable<string> Sids => names.Values.Where(name => name.Length == 34);

    /// <summary>The text with this world's names instead of the kinds in brackets.</summary>
    public string Fill(string text) => names.Aggregate(
        text, (filled, named) => filled.Replace($"[{named.Key}]", named.Value, StringComparison.Ordinal));

    /// <summary>Fills an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="pictureUrl">Where a picture is.</param>
    /// <param name="silentUrl">Where callbacks get no answer for as long as the test lasts.</param>
    /// <param name="refusingUrl">Where callbacks are refused.</param>
    /// <param name="uniqueName">The unique name of its conversation.</param>
    public static async Task<AccountWorld> CreateAsync(
        TestAccount account, string pictureUrl, string silentUrl, string refusingUrl, string uniqueName)
    {
        AccountWorld world = new(account);
        await world.AddSendersAsync();
        await world.AddRegistrationsAsync();
        await world.AddMessagesAsync(pictureUrl, silentUrl, refusingUrl);
        await world.AddConversationAsync(uniqueName);
        return world;
    }

    private async Task AddSendersAsync()
    {
        var api = Account.Api;
        names["application"] = await api.CreateAsync(
            $"/2010-04-01/Accounts/{Account.Sid}/Applications.json", ("FriendlyName", "App"));
        names["key"] = await api.CreateAsync($"/2010-04-01/Accounts/{Account.Sid}/Keys.json");
        var service = names["service"] = await api.Services.CreateAsync();
        names["number"] = await api.Services.AddSenderAsync(service, Number);
        names["shortCode"] = await api.Services.AddSenderAsync(service, $"{ShortCode}/US");
        names["channelSender"] = await api.Services.AddSenderAsync(service, $"whatsapp:{Number}");
        names["alphaSender"] = await api.Services.AddSenderAsync(service, "ACME");
        names["webhookRule"] = await api.CreateAsync(
            "/emulator/v1/WebhookRules", ("To", "+14155550159"), ("DelayMs", "0"));
        names["rule"] = await api.CreateAsync("/emulator/v1/CarrierRules", ("To", "+14155550159"));
        // Its own requests go on.
        names["requestRule"] = await api.CreateAsync("/emulator/v1/RequestRules", ("To", "+14155550158"));
    }

    private async Task AddRegistrationsAsync()
    {
        var api = Account.Api;
        var brand = names["brand"] = await api.Registrations.CreateApprovedBrandAsync();
        names["vetting"] = (await api.PostAsync(
            RegistrationsApi.VettingsOf(brand), ("VettingProvider", "aegis")).ExpectAsync(201))["brand_vetting_sid"]!;
        names["campaign"] = (await api.Campaigns.RegisterAsync(
            names["service"], ("BrandRegistrationSid", brand)).ExpectAsync(201))["sid"]!;
        names["tollFree"] = (await api.Registrations.CreateTollFreeAsync()).Sid;
        names["verification"] = (await api.Registrations.VerifyAsync(names["tollFree"]).ExpectAsync(201))["sid"]!;
        names["template"] = (await api.Messages.TemplateAsync()).Value;
    }

    private async Task AddMessagesAsync(string pictureUrl, string silentUrl, string refusingUrl)
    {
        var api = Account.Api;
        names["message"] = await api.Messages.SendAsync(("From", Number), ("To", Handset), ("Body", "Look"),
            ("MediaUrl", pictureUrl), ("StatusCallback", refusingUrl));
        await api.Messages.UntilAsync(names["message"], "delivered");
        names["media"] = (await api.Messages.MediaAsync(names["message"])).Single()!["sid"]!.ToString();
        names["webhook"] = (await api.Messages.WebhooksAsync(names["message"]))[0]["sid"]!.ToString();
        names["alert"] = (await api.GetAsync("/monitor/v1/Alerts").ExpectAsync(200))
            .Body!["alerts"]![0]!["sid"]!.ToString();
        names["received"] = (await api.Messages.OpenWindowAsync($"whatsapp:{Handset}", $"whatsapp:{Number}"))["sid"]!;
        // A server has it and its callback in memory.
        names["pendingMessage"] = await api.Messages.SendAsync(
            ("MessagingServiceSid", names["service"]), ("To", Handset), ("Body", "Hi"), ("StatusCallback", silentUrl));
        names["pendingWebhook"] = (await Eventually.ValueAsync(
            async () => (await api.GetAsync(MessagesApi.TimelinePathOf(names["pendingMessage"])).ExpectAsync(200))
                .Body!["webhooks"]!.AsArray(),
            webhooks => webhooks.Count > 0, _ => "No callback is pending."))[0]!["sid"]!.ToString();
    }

    private async Task AddConversationAsync(string uniqueName)
    {
        var api = Account.Api;
        names["conversationService"] = (await api.GetAsync("/conversations/v1/Services").ExpectAsync(200))
            .Body!["services"]![0]!["sid"]!.ToString();
        var path = await api.Conversations.CreateAsync(("UniqueName", uniqueName));
        names["conversation"] = path.Split('/')[^1];
        names["conversationName"] = uniqueName;
        names["participant"] = (await api.Conversations.JoinAsync(path, Participant, Number).ExpectAsync(201))["sid"]!;
        names["conversationMessage"] = (await api.Conversations.SayAsync(path, "Hi").ExpectAsync(201))["sid"]!;
        var receipts = $"{path}/Messages/{names["conversationMessage"]}/Receipts";
        names["receipt"] = (await Eventually.ValueAsync(
            async () => (await api.GetAsync(receipts).ExpectAsync(200)).Body!["delivery_receipts"]!.AsArray(),
            all => all.Count > 0, _ => "The message has no receipt."))[0]!["sid"]!.ToString();
        names["conversationWebhook"] = await api.CreateAsync($"{path}/Webhooks", ("Target", "webhook"),
            ("Configuration.Url", "https://example.com/events"), ("Configuration.Filters", "onMessageAdded"));
        names["address"] = await api.CreateAsync(
            ConversationsApi.AddressesPath, ("Type", "sms"), ("Address", "+14155550150"));
    }
}
