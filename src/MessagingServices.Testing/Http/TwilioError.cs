using System.Globalization;
using System.Text.Json;

namespace MessagingServices.Testing.Http;

/// <summary>An error in the form of Twilio's APIs.</summary>
internal static class TwilioError
{
    /// <summary>Status, code and message of a response; null when it does not have Twilio's form.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body.</param>
    /// <returns>Such as <c>400, 21606: The 'From' phone number ...</c></returns>
    public static string? TextOf(int status, string body)
    {
        try
        {
            var error = JsonSerializer.Deserialize<JsonElement>(body);
            var code = error.GetProperty("code").GetInt32();
            return string.Create(
                CultureInfo.InvariantCulture, $"{status}, {code}: {error.GetProperty("message").GetString()}");
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
