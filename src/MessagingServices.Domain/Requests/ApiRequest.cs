using System.Text.RegularExpressions;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Requests;

/// <summary>A request to one of Twilio's APIs, as <see cref="RequestRule"/>s see it.</summary>
/// <param name="Method">The HTTP method, in capital letters.</param>
/// <param name="Host">The host of the product, such as <c>api.twilio.com</c>, whatever host was called.</param>
/// <param name="Path">
/// The decoded path as Twilio's documentation writes it, for example
/// <c>/2010-04-01/Accounts/AC.../Messages.json</c>: without the product's name in front, and on the 2010 API with
/// <c>.json</c> also where XML was asked for.
/// </param>
public sealed partial record ApiRequest(string Method, string Host, string Path)
{
    private const string Json = ".json";
    private const string AnySid = "{Sid}";

    /// <summary>No path of Twilio's is as long. The rest of a longer one distinguishes nothing.</summary>
    private const int MaxPath = 500;

    /// <summary>
    /// The <c>To</c> of the form of a POST: an address in its usual spelling; null when there is none, or when it is
    /// longer than any address.
    /// </summary>
    public string? To { get; init; }

    /// <summary>The same of the <c>From</c>.</summary>
    public string? From { get; init; }

    /// <summary>The <c>Body</c> of the form of a POST; null without one.</summary>
    public string? Body { get; init; }

    /// <summary>
    /// What distinguishes this request for a rule without recipient: the method, the host and the path with its SIDs
    /// left out. So it is the same in each run.
    /// </summary>
    public string Operation =>
        $"{Method} {Host}{AnySidOf().Replace(Path.Length > MaxPath ? Path[..MaxPath] : Path, AnySid)}";

    /// <summary>All spellings of the path: with and without the product in front, and the suffix at the end.</summary>
    internal IEnumerable<string> Spellings
    {
        get
        {
            var product = Host.Split('.')[0];
            string[] paths = Path.EndsWith(Json, StringComparison.Ordinal) ? [Path, Path[..^Json.Length]] : [Path];
            foreach (var path in paths)
            {
                yield return path;
                yield return $"/{product}{path}";
                yield return $"https://{Host}{path}";
            }
        }
    }

    /// <summary>A recipient as rules see it; null for null.</summary>
    public static string? Recipient(string? text) =>
        text is null ? null : RecipientAddress.Parse(text).Address?.Value ?? Short(text);

    /// <summary>A sender as rules see it; null for null.</summary>
    public static string? Sender(string? text) =>
        text is null ? null : (SenderAddress.Parse(text) ?? SenderAddress.Parse($"rcs:{text}"))?.Value ?? Short(text);

    private static string? Short(string text) => text.Length <= Carriers.AddressPattern.MaxLength
        && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? text.Trim() : null;

    [GeneratedRegex("[A-Z]{2}[0-9a-fA-F]{32}")]
    private static partial Regex AnySidOf();
}
