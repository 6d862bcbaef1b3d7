using System.Diagnostics;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>What tests ask of a server, whichever way it runs.</summary>
public static class Calls
{
    public const string Messages = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json";
    public const string PhoneNumbers = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/IncomingPhoneNumbers.json";

    public static FormUrlEncodedContent Form(params IEnumerable<(string Name, string Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>The path of a message.</summary>
    public static string Message(string sid) => Messages.Replace(".json", $"/{sid}.json", StringComparison.Ordinal);

    /// <summary>Makes a Messaging Service with a pool of these numbers; its SID.</summary>
    public static async Task<string> CreateServiceAsync(HttpClient http, string? statusCallback, params string[] numbers)
    {
        var service = await CreatedAsync(http, "/v1/Services", ("FriendlyName", "Test"), ("StatusCallback", statusCallback ?? ""));
        foreach (var number in numbers)
        {
            var sid = await CreatedAsync(http, PhoneNumbers, ("PhoneNumber", number));
            await CreatedAsync(http, $"/v1/Services/{service}/PhoneNumbers", ("PhoneNumberSid", sid));
        }

        return service;
    }

    /// <summary>Sends a message; its SID.</summary>
    public static Task<string> SendAsync(HttpClient http, params (string Name, string Value)[] fields) => CreatedAsync(http, Messages, fields);

    /// <summary>Changes a resource.</summary>
    public static async Task UpdateAsync(HttpClient http, string path, params (string Name, string Value)[] fields)
    {
        var answer = await Answer.ReadAsync(await http.PostAsync(path, Form(fields)));
        Assert.True(answer.Status == 200, $"{path}: {answer.Status} {answer.Text}");
    }

    /// <summary>Waits until a message has the status; fails after half a minute. The message.</summary>
    public static Task<Answer> UntilStatusAsync(HttpClient http, string sid, string status) => UntilAnyAsync(http, sid, status);

    /// <summary>Waits until a message has one of the statuses; fails after half a minute. The message.</summary>
    public static async Task<Answer> UntilAnyAsync(HttpClient http, string sid, params string[] statuses)
    {
        for (var start = Stopwatch.GetTimestamp(); ; await Task.Delay(20))
        {
            var message = await Answer.ReadAsync(await http.GetAsync(Message(sid)));
            if (statuses.Contains(message["status"])) return message;
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30),
                $"{sid} is {message["status"]} ({message["error_code"]}), not {string.Join(" or ", statuses)}");
        }
    }

    /// <summary>Posts a form that creates something; its SID.</summary>
    public static async Task<string> CreatedAsync(HttpClient http, string path, params (string Name, string Value)[] fields)
    {
        var answer = await Answer.ReadAsync(await http.PostAsync(path, Form(fields)));
        Assert.True(answer.Status == 201, $"{path}: {answer.Status} {answer.Text}");
        return answer["sid"]!;
    }
}
