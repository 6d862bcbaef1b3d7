using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MessagingServices.Testing;

/// <summary>A message as it was when it was read.</summary>
public sealed record EmulatedMessage
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    private EmulatedMessage(JsonElement message)
    {
        Sid = message.GetProperty("sid").GetString()!;
        From = message.GetProperty("from").GetString() ?? "";
        To = message.GetProperty("to").GetString() ?? "";
        Body = message.GetProperty("body").GetString() ?? "";
        Status = message.GetProperty("status").GetString()!;
        ErrorCode = message.GetProperty("error_code") is { ValueKind: JsonValueKind.Number } code
            ? code.GetInt32() : null;
        ErrorText = message.GetProperty("error_message").GetString();
        NumMedia = int.Parse(message.GetProperty("num_media").GetString()!, CultureInfo.InvariantCulture);
        IsInbound = message.GetProperty("direction").GetString() == "inbound";
    }

    /// <summary>The SID, such as <c>SM0123456789abcdef0123456789abcdef</c>.</summary>
    public string Sid { get; }

    /// <summary>The sender's address; empty as long as its Messaging Service has not selected a sender.</summary>
    public string From { get; }

    /// <summary>The recipient's address.</summary>
    public string To { get; }

    /// <summary>The text.</summary>
    public string Body { get; }

    /// <summary>How many media items it has. Twilio's SDK lists them: <c>MediaResource.Read</c>.</summary>
    public int NumMedia { get; }

    /// <summary>The status in Twilio's words, such as <c>delivered</c>.</summary>
    public string Status { get; }

    /// <summary>Twilio's code for why it has failed or was not delivered; null for every other message.</summary>
    public int? ErrorCode { get; }

    /// <summary>Why, in words.</summary>
    internal string? ErrorText { get; }

    internal bool IsInbound { get; }

    /// <summary>Whether the phone shows it.</summary>
    internal bool HasArrived => !IsInbound && Status is "delivered" or "read";

    /// <summary>
    /// Whether it may arrive later, without further requests. A scheduled message waits for its time.
    /// </summary>
    internal bool IsOnItsWay => Status is "accepted" or "queued" or "sending" or "sent";

    /// <summary>Whether it may arrive later, if the test moves the clock.</summary>
    internal bool MayArrive => IsOnItsWay || Status == "scheduled";

    /// <summary>The one-time code in the text, such as <c>482913</c>.</summary>
    /// <param name="pattern">
    /// Without one, the server's best guess; a code that is written as <c>123 456</c> or <c>123-456</c> is
    /// <c>123456</c>. A regular expression takes the first of the server's codes that it matches as a whole, else its
    /// first match in the text: of an expression with a group, what the first group matches.
    /// </param>
    /// <exception cref="EmulatorException">There is none.</exception>
    public string Code(string? pattern = null) => FindCode(pattern) ?? throw new EmulatorException(
        $"The message {Sid} to {To} has no code{(pattern is null ? "" : $" that matches {pattern}")}: \"{Body}\". "
        + $"The server finds {Listed(Codes)}.");

    /// <summary>A link in the text.</summary>
    /// <param name="containing">A part of its URL, case-sensitive; null: the first link.</param>
    /// <exception cref="EmulatorException">There is none.</exception>
    public Uri Link(string? containing = null)
    {
        var link = Links.Find(
            url => containing is null || url.Contains(containing, StringComparison.Ordinal));
        return link is not null ? new Uri(link) : throw new EmulatorException(
            $"The message {Sid} to {To} has no link{(containing is null ? "" : $" that contains \"{containing}\"")}: "
            + $"\"{Body}\". The server finds {Listed(Links)}.");
    }

    /// <summary>Two reads of a message are equal if nothing has changed in between.</summary>
    public bool Equals(EmulatedMessage? other) => other is not null && Values == other.Values;

    /// <inheritdoc/>
    public override int GetHashCode() => Values.GetHashCode();

    internal static EmulatedMessage Of(JsonElement message) => new(message);

    /// <summary>With what the server finds in the text.</summary>
    internal EmulatedMessage With(JsonElement extracts) =>
        this with { Codes = Texts(extracts, "codes"), Links = Texts(extracts, "links") };

    internal string? FindCode(string? pattern)
    {
        if (pattern is null) return Codes.Count > 0 ? Codes[0] : null;
        var whole = new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, PatternLimit);
        if (Codes.Find(code => whole.IsMatch(code)) is { } found) return found;
        var match = Regex.Match(Body, pattern, RegexOptions.CultureInvariant, PatternLimit);
        return match.Success ? match.Groups[match.Groups.Count > 1 ? 1 : 0].Value : null;
    }

    private List<string> Codes { get; init; } = [];

    private List<string> Links { get; init; } = [];

    private (string, string, string, string, string, int?) Values => (Sid, From, To, Body, Status, ErrorCode);

    private static string Listed(List<string> found) => found.Count == 0 ? "none" : string.Join(", ", found);

    private static List<string> Texts(JsonElement extracts, string name) =>
        [.. extracts.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
