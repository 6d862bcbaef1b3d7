using MessagingServices.Domain.Prices;
using MessagingServices.Domain.Segments;
using MessagingServices.Domain.Senders;
using MessagingServices.Domain.Webhooks;

namespace MessagingServices.Domain.Messages;

/// <summary>A message and where it is on its way. Only <see cref="TransitionTo"/> moves it.</summary>
public sealed class Message
{
    private bool isRewritten;

    private Message() { }

    /// <summary>SID with the prefix <c>SM</c>, or <c>MM</c> with media.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account that owns the message.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>The Messaging Service that it goes through, if any.</summary>
    public Sid? MessagingServiceSid { get; private init; }

    /// <summary>Who sent it.</summary>
    public MessageDirection Direction { get; private init; }

    /// <summary>The sender's address; null until the Messaging Service has selected one.</summary>
    public string? From { get; private set; }

    /// <summary>The SID (prefix <c>XE</c>) of the sender, when it is on WhatsApp or RCS.</summary>
    public Sid? ChannelInstallSid { get; private set; }

    /// <summary>The sender that the message named for where RCS does not reach.</summary>
    public string? FallbackFrom { get; private init; }

    /// <summary>
    /// The recipient's address: E.164, with a channel prefix such as <c>whatsapp:</c> where it is not SMS. Once a message that asked for it
    /// has ended, the last four digits are <c>XXXX</c>.
    /// </summary>
    public string To { get; private set; } = "";

    /// <summary>
    /// The text: what was asked for, at most 1,600 UTF-16 units, until the carrier has taken the message, then <see cref="SentText"/>. Empty
    /// when there is none or when it was redacted.
    /// </summary>
    public string Body { get; private set; } = "";

    /// <summary>
    /// What goes to the carrier in place of the body: the SMS that an MMS was made into, before it is smart-encoded; null when the body itself
    /// goes.
    /// </summary>
    public string? SentBody { get; private set; }

    /// <summary>Where the media are fetched from, at most ten; none once a message that asked for it has ended.</summary>
    public IReadOnlyList<string> MediaUrls { get; private set; } = [];

    /// <summary>What the application asked for beside the text.</summary>
    public MessageOptions Options { get; private set; }

    /// <summary>The number of segments; 0 until a sender is known.</summary>
    public int NumSegments { get; private set; }

    /// <summary>What it cost, in US dollars, negative: what was charged when it was sent, whatever prices are since. Null before.</summary>
    public decimal? Price { get; private set; }

    /// <summary>Where the message is on its way.</summary>
    public MessageStatus Status { get; private set; }

    /// <summary>Why it failed or was not delivered; null otherwise.</summary>
    public int? ErrorCode { get; private set; }

    /// <summary>
    /// The URL that status callbacks go to, connection overrides included: the message's own, or else its Messaging Service's when the
    /// message was accepted. Null: nobody is told.
    /// </summary>
    public string? StatusCallback { get; private init; }

    /// <summary>How long the message may wait before it is handed to the carrier, in seconds, 1 to 36,000.</summary>
    public int ValidityPeriod { get; private init; }

    /// <summary>When a scheduled message is released; null when it is not scheduled.</summary>
    public DateTimeOffset? SendAt { get; private init; }

    /// <summary>When the message was accepted.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>When the message last changed.</summary>
    public DateTimeOffset DateUpdated { get; private set; }

    /// <summary>When the carrier took it; null before.</summary>
    public DateTimeOffset? DateSent { get; private set; }

    /// <summary>Every status that the message has had, oldest first.</summary>
    public IReadOnlyList<StatusChange> StatusChanges { get; private set; } = [];

    /// <summary>
    /// Takes a message from the API. Through a Messaging Service it starts as accepted (or scheduled) with no segments counted, even
    /// with an explicit sender; without one it is queued at once.
    /// </summary>
    public static Message Accept(OutboundMessage draft, DateTimeOffset now)
    {
        var status = draft switch
        {
            { SendAt: not null } => MessageStatus.Scheduled,
            { MessagingServiceSid: not null } => MessageStatus.Accepted,
            _ => MessageStatus.Queued,
        };
        Message message = new()
        {
            Sid = draft.Sid,
            AccountSid = draft.AccountSid,
            MessagingServiceSid = draft.MessagingServiceSid,
            Direction = draft.Direction,
            From = draft.From,
            ChannelInstallSid = draft.ChannelInstallSid,
            FallbackFrom = draft.FallbackFrom,
            To = draft.To,
            Body = draft.Body,
            MediaUrls = draft.MediaUrls,
            Options = draft.Options,
            Status = status,
            StatusCallback = draft.StatusCallback,
            ValidityPeriod = draft.ValidityPeriod,
            SendAt = draft.SendAt,
            DateCreated = now,
            DateUpdated = now,
            StatusChanges = [new(status, now, null)],
        };
        if (status == MessageStatus.Queued) message.NumSegments = message.CountSegments();
        return message;
    }

    /// <summary>
    /// Takes a message from a handset: it is received at once, though its media may still be on their way.
    /// </summary>
    public static Message Receive(InboundMessage draft, DateTimeOffset now) => new()
    {
        Sid = draft.Sid,
        AccountSid = draft.AccountSid,
        MessagingServiceSid = draft.MessagingServiceSid,
        Direction = MessageDirection.Inbound,
        From = draft.From,
        ChannelInstallSid = draft.ChannelInstallSid,
        To = draft.To,
        Body = draft.Body,
        MediaUrls = draft.MediaUrls,
        // Of what is neither SMS nor MMS Twilio always counts one.
        NumSegments = draft.MediaUrls.Count > 0 || draft.From.Contains(':', StringComparison.Ordinal) ? 1 : Segmenter.Count(draft.Body),
        Status = MessageStatus.Received,
        ValidityPeriod = OutboundMessage.MaxValidityPeriod,
        DateCreated = now,
        DateUpdated = now,
        DateSent = now,
        StatusChanges = [new(MessageStatus.Receiving, now, null), new(MessageStatus.Received, now, null)],
    };

    /// <summary>Whether it needs a sender and a handset that take MMS, where it goes neither by WhatsApp nor by RCS.</summary>
    public bool IsMms => MediaUrls.Count > 0 || Options.HasFlag(MessageOptions.SendAsMms);

    /// <summary>The same, but false for an MMS that was made an SMS.</summary>
    public bool GoesAsMms => IsMms && SentBody is null;

    /// <summary>
    /// The text that the recipient of a message with a sender gets: the body or the SMS made of it, smart-encoded where that was wanted and it
    /// goes as SMS.
    /// </summary>
    public string SentText => Options.HasFlag(MessageOptions.SmartEncoded) && GoesAsSms ? SmartEncoding.Encode(UnencodedText) : UnencodedText;

    /// <summary>Whether its texts or <see cref="Options"/> have changed on the message's way: few do, which saves writing them.</summary>
    public bool IsRewritten => isRewritten;

    /// <summary>When the validity period is over: the message must have been handed to the carrier by then.</summary>
    public DateTimeOffset ValidUntil => (SendAt ?? DateCreated).AddSeconds(ValidityPeriod);

    /// <summary>Whether the message asked that something of it is not kept once it has ended.</summary>
    public bool ForgetsWhenItEnds => (Options & (MessageOptions.DiscardContent | MessageOptions.ObfuscateAddress)) != 0;

    /// <summary>
    /// Moves the message on and returns the status callback that this owes, if any. The caller saves both together. A message that has ended
    /// forgets what it asked to be forgotten; the callback of that status still names the recipient.
    /// </summary>
    /// <param name="status">The next status; must be allowed by <see cref="MessageStatuses.Next"/>.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="errorCode">Why; exactly for failed and undelivered messages.</param>
    /// <exception cref="InvalidOperationException">The status cannot follow the present one, or the error code does not fit it.</exception>
    public StatusCallback? TransitionTo(MessageStatus status, DateTimeOffset now, int? errorCode = null)
    {
        if (!MessageStatuses.Next[Status].Contains(status))
            throw new InvalidOperationException($"A message that is {Status} cannot become {status}.");
        if (status.HasErrorCode() != errorCode.HasValue)
            throw new InvalidOperationException($"The error code {errorCode} does not fit the status {status}.");
        Status = status;
        ErrorCode = errorCode;
        DateUpdated = now;
        if (status == MessageStatus.Sent) Send(now);
        StatusChanges = [.. StatusChanges, new(status, now, errorCode)];
        var owed = StatusCallback is not null && status.OwesCallback() ? Webhooks.StatusCallback.Of(this) : null;
        if (ForgetsWhenItEnds && status.IsTerminal()) Forget();
        return owed;
    }

    /// <summary>Charges the message, once: all its segments, at the prices that hold when it is sent. Automatic answers cost nothing.</summary>
    public void Charge(PriceList prices)
    {
        if (!Options.HasFlag(MessageOptions.Automatic)) Price ??= -prices.Of(this) * NumSegments;
    }

    /// <summary>Gives the message the sender that was selected for it, counts its segments and queues it.</summary>
    /// <param name="from">The sender's address.</param>
    /// <param name="channelInstallSid">Its SID (prefix <c>XE</c>) when it is on WhatsApp or RCS.</param>
    /// <param name="smartEncoding">Whether its Messaging Service smart-encodes; what the message itself asked for wins.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="sms">The text that it goes as, for an MMS that is made an SMS; null otherwise.</param>
    public StatusCallback? QueueWith(string from, Sid? channelInstallSid, bool smartEncoding, DateTimeOffset now, string? sms = null)
    {
        From = from;
        ChannelInstallSid = channelInstallSid;
        SentBody = sms;
        isRewritten |= sms is not null;
        if (smartEncoding) DecideSmartEncoding();
        NumSegments = CountSegments();
        return TransitionTo(MessageStatus.Queued, now);
    }

    /// <summary>Calls a scheduled message off.</summary>
    /// <returns>The callback owed, or why it is too late (30409).</returns>
    public (StatusCallback? Owed, ApiError? ApiError) Cancel(DateTimeOffset now) => Status == MessageStatus.Scheduled
        ? (TransitionTo(MessageStatus.Canceled, now), null)
        : (null, MessagingError.NotCancelable.ToApiError());

    /// <summary>Empties the body of a message that has ended.</summary>
    /// <returns>Null, or why not yet (20009).</returns>
    public ApiError? Redact(DateTimeOffset now)
    {
        if (!Status.IsTerminal()) return MessagingError.NotComplete.ToApiError();
        Body = "";
        SentBody = null;
        DateUpdated = now;
        return null;
    }

    private string UnencodedText => SentBody ?? Body;

    private bool GoesAsSms => !GoesAsMms && SenderChannel == Channel.Sms;

    private Channel SenderChannel => ChannelAddress.TryParse(From, out var sender) ? sender.Channel : Channel.Sms;

    // The segments counted now must be those of what is sent later, though the Messaging Service may be switched meanwhile: so its decision
    // is kept, where it makes a difference.
    private void DecideSmartEncoding()
    {
        if ((Options & (MessageOptions.SmartEncoded | MessageOptions.NotSmartEncoded)) != MessageOptions.None
            || !GoesAsSms || ReferenceEquals(SmartEncoding.Encode(UnencodedText), UnencodedText))
            return;
        Options |= MessageOptions.SmartEncoded;
        isRewritten = true;
    }

    private void Send(DateTimeOffset now)
    {
        DateSent = now;
        var text = SentText;
        if (ReferenceEquals(text, Body)) return;
        Body = text;
        isRewritten = true;
    }

    private void Forget()
    {
        if (Options.HasFlag(MessageOptions.DiscardContent)) (Body, SentBody, MediaUrls) = ("", null, []);
        if (Options.HasFlag(MessageOptions.ObfuscateAddress)) To = RecipientAddress.Obfuscate(To);
    }

    /// <summary>An MMS is one, whatever its length; WhatsApp counts one, RCS in a way of its own.</summary>
    private int CountSegments() => SenderChannel switch
    {
        Channel.Sms => GoesAsMms ? 1 : Segmenter.Count(SentText),
        Channel.WhatsApp => 1,
        Channel.Rcs => MediaUrls.Count > 0 ? 1 : RcsSegments.Count(Body, RecipientAddress.Parse(To).Address?.Country),
    };
}
