using System.Text.Json.Nodes;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>A response of the API.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON; null when the response has none.</param>
/// <param name="Text">The body as text.</param>
/// <param name="Response">Headers and the rest.</param>
public sealed record ApiResponse(int Status, JsonNode? Body, string Text, HttpResponseMessage Response)
{
    /// <summary>A member of the JSON as text.</summary>
    public string? this[string name] => Body![name]?.ToString();

    public static async Task<ApiResponse> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var json = response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null;
        return new((int)response.StatusCode, json, text, response);
    }
}

/// <summary>What tests expect of a response.</summary>
internal static class Expectations
{
    public static async Task<ApiResponse> ExpectAsync(this Task<ApiResponse> pending, int status)
    {
        var response = await pending;
        Assert.True(response.Status == status, $"{response.Status}: {response.Text}");
        return response;
    }

    /// <summary>The response must be Twilio's error of this status and code.</summary>
    public static async Task<ApiResponse> ExpectErrorAsync(this Task<ApiResponse> pending, int status, int code)
    {
        var response = await pending;
        Assert.True((response.Status, response["code"]) == (status, $"{code}"), $"{response.Status}: {response.Text}");
        Assert.Equal($"{status}", response["status"]);
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", response["more_info"]);
        return response;
    }

    /// <summary>The names of an object's members.</summary>
    public static IEnumerable<string> Names(this JsonNode? node) => node!.AsObject().Select(member => member.Key);
}
