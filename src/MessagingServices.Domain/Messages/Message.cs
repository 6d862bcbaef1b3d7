using MessagingServices.Domain.Segments;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Messages;

/// <summary>A message and its status. Only <see cref="TransitionTo"/> changes the status.</summary>
public sealed partial record Message : MessageHeader
{
    private bool isRewritten;

    private Message() { }

    private Message(MessageHeader header) : base(header) { }

    /// <summary>SID with the prefix <c>SM</c>, or <c>MM</c> with media.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    public Sid AccountSid { get; private init; }

    /// <summary>The sender's address; null until the Messaging Service has selected one.</summary>
    public string? From { get; private set; }

    /// <summary>The SID (prefix <c>XE</c>) of a sender on WhatsApp or RCS; null for other senders.</summary>
    public Sid? ChannelInstallSid { get; private set; }

    /// <summary>
    /// The recipient's address in E.164, with a channel prefix such as <c>whatsapp:</c> unless the channel is SMS. If
    /// the application asked for it, the last four digits become <c>XXXX</c> when the message ends.
    /// </summary>
    public string To { get; private set; } = "";

    /// <summary>
    /// The text, at most 1,600 UTF-16 units. It is the requested text until the carrier accepts the message, then
    /// <see cref="SentText"/>. It is empty if there is no text or the message was redacted.
    /// </summary>
    public string Body { get; private set; } = "";

    /// <summary>
    /// The text that replaces the body when an MMS is sent as an SMS, before smart encoding; null when the body itself
    /// is sent.
    /// </summary>
    public string? SentBody { get; private set; }

    /// <summary>
    /// The characters that smart encoding has replaced in the sent text, in their order; null if it has replaced none
    /// yet, or the text was discarded. The body does not have them any more.
    /// </summary>
    public string? ReplacedCharacters { get; private set; }

    /// <summary>
    /// The URLs of the media, at most ten. If the application asked for it, the list becomes empty when the message
    /// ends.
    /// </summary>
    public IReadOnlyList<string> MediaUrls { get; private set; } = [];

    public MessageOptions Options { get; private set; }

    /// <summary>The number of segments; 0 until the sender is known.</summary>
    public int NumSegments { get; private set; }

    /// <summary>
    /// The price in US dollars, as a negative number; null before the message is charged. Later changes of the price
    /// list do not change it.
    /// </summary>
    public decimal? Price { get; private set; }

    public MessageStatus Status { get; private set; }

    /// <summary>Twilio's error code for the statuses failed and undelivered; null for all others.</summary>
    public int? ErrorCode { get; private set; }

    /// <summary>The maximum time until the carrier receives the message, in seconds, 1 to 36,000.</summary>
    public int ValidityPeriod { get; private init; }

    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>The time of the last change.</summary>
    public DateTimeOffset DateUpdated { get; private set; }

    /// <summary>The time at which the carrier accepted the message; null before.</summary>
    public DateTimeOffset? DateSent { get; private set; }

    /// <summary>All statuses of the message with their times, oldest first.</summary>
    public IReadOnlyList<StatusChange> StatusChanges { get; private set; } = [];

    /// <summary>
    /// What the carrier that has the message will report; null for the default, or if no carrier has it.
    /// </summary>
    public CarrierPlan? CarrierPlan { get; private set; }

    /// <summary>
    /// How its sender was selected: the ID of the record. Null if no Messaging Service has selected one.
    /// </summary>
    public Guid? SelectionId { get; private set; }

    /// <summary>A message has an identity: two are equal only if they are one object.</summary>
    public bool Equals(Message? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Sid.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Sid.ToString();

    /// <summary>A copy to change, of a message that is stored as it is.</summary>
    public Message ForNextChange() => this with { isRewritten = false };

    /// <summary>
    /// Whether the message needs a sender and a handset with MMS if it is not sent by WhatsApp or RCS.
    /// </summary>
    public bool IsMms => MediaUrls.Count > 0 || Options.HasFlag(MessageOptions.SendAsMms);

    /// <summary>Like <see cref="IsMms"/>, but false for an MMS that is sent as an SMS.</summary>
    public bool GoesAsMms => IsMms && SentBody is null;

    /// <summary>
    /// The text that the recipient receives: the body or <see cref="SentBody"/>, smart-encoded if that is on and the
    /// message is an SMS. Valid once the sender is known.
    /// </summary>
    public string SentText =>
        Options.HasFlag(MessageOptions.SmartEncoded) && GoesAsSms ? SmartEncoding.Encode(UnencodedText) : UnencodedText;

    /// <summary>The characters that smart encoding replaces in this message, in their order.</summary>
    public string SmartlyReplaced => ReplacedCharacters ??
        (Options.HasFlag(MessageOptions.SmartEncoded) && IsSms ? SmartEncoding.ReplacedIn(UnencodedText) : "");

    /// <summary>Whether the message is an SMS. Until its sender is known, its recipient decides.</summary>
    public bool IsSms => !GoesAsMms && ChannelOf(From ?? To) == Channel.Sms;

    /// <summary>
    /// Whether the texts, <see cref="Options"/> or <see cref="CarrierPlan"/> have changed. Few messages change them, so
    /// the others need not write these columns.
    /// </summary>
    public bool IsRewritten => isRewritten;

    /// <summary>The end of the validity period: the carrier must receive the message before.</summary>
    public DateTimeOffset ValidUntil => (SendAt ?? DateCreated).AddSeconds(ValidityPeriod);

    /// <summary>Whether the application asked to discard content or address when the message ends.</summary>
    public bool DiscardsWhenEnded => (Options & (MessageOptions.DiscardContent | MessageOptions.ObfuscateAddress)) != 0;

    /// <summary>
    /// Changes the status and returns the status callback to send, if any. The caller must save both in one
    /// transaction. A message that ends discards the data that the application asked to discard. The callback of that
    /// status still contains the recipient.
    /// </summary>
    /// <param name="status">The next status. <see cref="MessageStatuses.Next"/> must allow it.</param>
    /// <param name="errorCode">Twilio's error code: required for failed and undelivered, null for all others.</param>
    /// <exception cref="InvalidOperationException">The status cannot follow the present one, or the error code does not
    /// fit it.</exception>
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
        var callback = StatusCallback is not null && status.TriggersCallback()
            ? Messages.StatusCallback.Of(this)
            : null;
        if (DiscardsWhenEnded && status.IsTerminal()) Discard();
        return callback;
    }

    /// <summary>
    /// Sets the price once: <paramref name="unitPrice"/> for each segment, or for the whole MMS. Automatic replies cost
    /// nothing, and a second call changes nothing.
    /// </summary>
    public void Charge(decimal unitPrice)
    {
        if (!Options.HasFlag(MessageOptions.Automatic)) Price ??= -unitPrice * (GoesAsMms ? 1 : NumSegments);
    }

    /// <summary>Sets the selected sender, counts the segments and queues the message.</summary>
    /// <param name="channelInstallSid">
    /// The SID (prefix <c>XE</c>) of a sender on WhatsApp or RCS; null for other senders.
    /// </param>
    /// <param name="smartEncoding">
    /// Whether the Messaging Service uses smart encoding. The message's own setting wins.
    /// </param>
    /// <param name="sms">The text of an MMS that is sent as an SMS; null for all others.</param>
    public StatusCallback? QueueWith(
        string from, Sid? channelInstallSid, bool smartEncoding, DateTimeOffset now, string? sms = null)
    {
        From = from;
        ChannelInstallSid = channelInstallSid;
        SentBody = sms;
        isRewritten |= sms is not null;
        if (smartEncoding) DecideSmartEncoding();
        NumSegments = CountSegments();
        return TransitionTo(MessageStatus.Queued, now);
    }

    /// <summary>Stores how the sender was selected.</summary>
    public void SetSelection(Guid selection) => SelectionId = selection;

    /// <summary>Stores what the carrier will report.</summary>
    /// <param name="plan">The plan; null for the default.</param>
    public void SetCarrierPlan(CarrierPlan? plan)
    {
        CarrierPlan = plan;
        isRewritten |= plan is not null;
    }

    /// <summary>Cancels a scheduled message.</summary>
    /// <returns>The status callback to send, or the error 30409 if the message is not scheduled any more.</returns>
    public (StatusCallback? Callback, ApiError? ApiError) Cancel(DateTimeOffset now) =>
        Status == MessageStatus.Scheduled
        ? (TransitionTo(MessageStatus.Canceled, now), null)
        : (null, MessagingError.NotCancelable.ToApiError());

    /// <summary>Empties the body of a message that has ended.</summary>
    /// <returns>Null, or the error 20009 if the message has not ended.</returns>
    public ApiError? Redact(DateTimeOffset now)
    {
        if (!Status.IsTerminal()) return MessagingError.NotComplete.ToApiError();
        Body = "";
        SentBody = null;
        ReplacedCharacters = null;
        DateUpdated = now;
        return null;
    }

    /// <summary>The recipient reads a message of a channel that reports it.</summary>
    /// <returns>The status callback to send, or the error 20001 if the message cannot be read.</returns>
    public (StatusCallback? Callback, ApiError? ApiError) ReadByRecipient(DateTimeOffset now)
    {
        if (Direction == MessageDirection.Inbound || SenderChannel == Channel.Sms)
            return (null, MessagingError.BadParameter.ToApiError("Only messages sent by WhatsApp or RCS can be read"));
        return MessageStatuses.Next[Status].Contains(MessageStatus.Read)
            ? (TransitionTo(MessageStatus.Read, now), null)
            : (null, MessagingError.BadParameter.ToApiError(
                $"A message that is {EnumNames<MessageStatus>.Of(Status)} cannot be read"));
    }

    private string UnencodedText => SentBody ?? Body;

    private bool GoesAsSms => !GoesAsMms && SenderChannel == Channel.Sms;

    private Channel SenderChannel => ChannelOf(From);

    private static Channel ChannelOf(string? address) =>
        ChannelAddress.TryParse(address, out var parsed) ? parsed.Channel : Channel.Sms;

    // Stores the decision of the Messaging Service if it changes the text. Otherwise a later change of the setting
    // would make the counted segments differ from the text that is sent.
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
        if (!ReferenceEquals(text, UnencodedText)) ReplacedCharacters = SmartEncoding.ReplacedIn(UnencodedText);
        Body = text;
        isRewritten = true;
    }

    private void Discard()
    {
        if (Options.HasFlag(MessageOptions.DiscardContent))
            (Body, SentBody, ReplacedCharacters, MediaUrls) = ("", null, null, []);
        if (Options.HasFlag(MessageOptions.ObfuscateAddress)) To = RecipientAddress.Obfuscate(To);
    }

    // An MMS and a WhatsApp message count as one segment of any length.
    private int CountSegments() => SenderChannel switch
    {
        Channel.Sms => GoesAsMms ? 1 : Segmenter.Count(SentText),
        Channel.WhatsApp => 1,
        Channel.Rcs => MediaUrls.Count > 0 ? 1 : RcsSegments.Count(Body, RecipientAddress.Parse(To).Address?.Country),
    };
}
