namespace MessagingServices.Domain.Media;

/// <summary>
/// Makes an SMS of an MMS for a recipient whose carrier takes none: the text, and a link to each medium on a line of its own. The message
/// keeps its SID and is counted as an SMS. Source: https://www.twilio.com/docs/messaging/services#mms-converter.
/// </summary>
public static class MmsConverter
{
    /// <summary>The characters of a link behind its prefix; letters and digits.</summary>
    public const int TokenLength = 7;

    /// <summary>How long a link works after the media were fetched, by the time that messages live by.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(365);

    /// <summary>The text of the SMS. The line feed before a link is left out where nothing stands before it.</summary>
    public static string Text(string body, IEnumerable<string> links) =>
        string.Join('\n', body.Length > 0 ? links.Prepend(body) : links);
}
