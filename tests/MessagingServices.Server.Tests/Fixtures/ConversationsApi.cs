namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Conversations. A conversation is named by its path.</summary>
internal sealed class ConversationsApi(TestApi api)
{
    public const string Path = "/v1/Conversations";
    public const string AddressesPath = "/v1/Configuration/Addresses";

    /// <summary>Creates a conversation, and returns its path.</summary>
    public async Task<string> CreateAsync(params (string Name, string Value)[] form) =>
        $"{Path}/{await api.CreateAsync(Path, form)}";

    public Task<ApiResponse> JoinAsync(string conversation, string address, string proxy) => api.PostAsync(
        $"{conversation}/Participants", ("MessagingBinding.Address", address),
        ("MessagingBinding.ProxyAddress", proxy));

    public Task<ApiResponse> SayAsync(string conversation, string body, string? author = null) => api.PostAsync(
        $"{conversation}/Messages", [("Body", body), .. author is null ? [] : new[] { ("Author", author) }]);

    /// <summary>The messages of a conversation as <c>index author: body</c>, in order.</summary>
    public async Task<string[]> MessagesAsync(string conversation) =>
        [.. (await api.GetAsync($"{conversation}/Messages").ExpectAsync(200)).Body!["messages"]!.AsArray()
            .Select(message => $"{message!["index"]} {message["author"]}: {message["body"]}")];

    /// <summary>The paths of the conversations of an address, newest first.</summary>
    public async Task<string[]> OfAsync(string address) =>
        [.. (await api.GetAsync($"/v1/ParticipantConversations?Address={Uri.EscapeDataString(address)}")
            .ExpectAsync(200))
            .Body!["conversations"]!.AsArray().Select(conversation => $"{Path}/{conversation!["conversation_sid"]}")];
}
