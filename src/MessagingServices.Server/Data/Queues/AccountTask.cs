namespace MessagingServices.Server.Data.Queues;

/// <summary>
/// Work on a whole account that is stored before it begins. The server that began it may be killed: then any other
/// server finishes it. Each server that has seen it forgets what its memory has of the account.
/// </summary>
internal sealed class AccountTask
{
    public long Id { get; init; }

    /// <summary>The account, which may be deleted already.</summary>
    public Sid AccountSid { get; init; }

    public AccountTaskKind Kind { get; init; }

    /// <summary>The last message that it is about: later ones of the account stay.</summary>
    public long LastMessage { get; init; }

    /// <summary>Whether the messages are gone or ended: servers forget what their memory has of them.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>Whether all of the work is done.</summary>
    public bool IsDone { get; init; }

    /// <summary>The servers whose memory has nothing of it any more, once <see cref="IsFollowed"/> is true.</summary>
    public Guid[] Followers { get; init; } = [];

    /// <summary>By the database's clock, in real time.</summary>
    public DateTimeOffset DateCreated { get; init; }
}

/// <summary>What is done to an account.</summary>
internal enum AccountTaskKind
{
    /// <summary>Its messages are removed, with all that they left.</summary>
    ResetMessages,

    /// <summary>Everything but its keys is removed.</summary>
    ResetEverything,

    /// <summary>
    /// The messages that a reset could not remove at once, because other transactions held them, are removed.
    /// </summary>
    LeftMessages,

    /// <summary>It was deleted: nothing of it remains.</summary>
    Delete,

    /// <summary>It was suspended: the messages that wait to be sent fail.</summary>
    Suspend,

    /// <summary>It was closed: the messages that wait fail, and callbacks that wait are dropped.</summary>
    Close,
}
