namespace MessagingServices.Domain.Media;

/// <summary>
/// Converts an MMS to an SMS for recipients whose carrier does not support MMS: the text, and a link to each media item
/// on its own line. The message keeps its SID and counts as an SMS. Source:
/// https://www.twilio.com/docs/messaging/services#mms-converter.
/// </summary>
public static class MmsConverter
{
    /// <summary>The length of a link's token: letters and digits.</summary>
    public const int TokenLength = 7;

    /// <summary>How long a link is valid after the media were fetched, on the emulator's clock.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(365);

    /// <summary>The text of the SMS, without a blank first line if the body is empty.</summary>
    public static string Text(string body, IEnumerable<string> links) =>
        string.Join('\n', body.Length > 0 ? links.Prepend(body) : links);
}
