using System.Net.Http.Headers;
using System.Text;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// The API as tests call it, whether the server runs in the tests' process or in its own: <c>server.Api</c>, or
/// <c>client.Api</c> for other credentials. Each subject has a class of its own, for example
/// <c>api.Messages.SendAsync</c>.
/// </summary>
internal sealed class TestApi(HttpClient http)
{
    public const string WebhooksPath = "/emulator/v1/Webhooks";
    public const string ResetPath = "/emulator/v1/Reset";

    public MessagesApi Messages => new(this);

    public ServicesApi Services => new(this);

    public NumbersApi Numbers => new(this);

    public ShortCodesApi ShortCodes => new(this);

    public ChannelSendersApi ChannelSenders => new(this);

    public CampaignsApi Campaigns => new(this);

    public RegistrationsApi Registrations => new(this);

    public ConversationsApi Conversations => new(this);

    public OptOutsApi OptOuts => new(this);

    public ClockApi Clock => new(this);

    public WebhookRulesApi WebhookRules => new(this);

    public static FormUrlEncodedContent Form(params IEnumerable<(string Name, string Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>Sends a request, with a form unless there are no fields.</summary>
    public async Task<ApiResponse> RequestAsync(
        HttpMethod method, string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(method, path);
        if (form.Length > 0) request.Content = Form(form);
        return await ApiResponse.ReadAsync(await http.SendAsync(request));
    }

    public Task<ApiResponse> GetAsync(string path) => RequestAsync(HttpMethod.Get, path);

    /// <summary>Posts a form, also one without fields.</summary>
    public async Task<ApiResponse> PostAsync(string path, params (string Name, string Value)[] form) =>
        await ApiResponse.ReadAsync(await http.PostAsync(path, Form(form)));

    public Task<ApiResponse> DeleteAsync(string path) => RequestAsync(HttpMethod.Delete, path);

    public Task<byte[]> GetBytesAsync(string path) => http.GetByteArrayAsync(path);

    public Task<ApiResponse> PostJsonAsync(string path, string json) =>
        PostBytesAsync(path, Encoding.UTF8.GetBytes(json), "application/json");

    public async Task<ApiResponse> PostBytesAsync(string path, byte[] body, string type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await ApiResponse.ReadAsync(await http.PostAsync(path, content));
    }

    /// <summary>Posts a form that creates a resource, and returns its SID. Fails unless the status is 201.</summary>
    public async Task<string> CreateAsync(string path, params (string Name, string Value)[] fields)
    {
        var response = await PostAsync(path, fields);
        Assert.True(response.Status == 201, $"{path}: {response.Status} {response.Text}");
        return response["sid"]!;
    }

    /// <summary>Posts a form that changes a resource. Fails unless the status is 200.</summary>
    public async Task UpdateAsync(string path, params (string Name, string Value)[] fields)
    {
        var response = await PostAsync(path, fields);
        Assert.True(response.Status == 200, $"{path}: {response.Status} {response.Text}");
    }

    /// <summary>Removes everything, so that a test may use any number.</summary>
    public Task ResetAsync() => PostAsync(ResetPath, ("Scope", "all")).ExpectAsync(204);

    /// <summary>Adds a carrier rule by which one recipient, or all, cannot receive RCS.</summary>
    public Task DisableRcsAsync(string to = "") =>
        PostAsync("/emulator/v1/CarrierRules", ("To", to), ("SupportsRcs", "false")).ExpectAsync(201);
}

/// <summary>Gives each HTTP client the API.</summary>
internal static class TestApiOfClients
{
    extension(HttpClient http)
    {
        public TestApi Api => new(http);
    }
}
