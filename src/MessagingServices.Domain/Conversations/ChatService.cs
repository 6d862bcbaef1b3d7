namespace MessagingServices.Domain.Conversations;

/// <summary>The conversation service of an account. Each account has exactly one.</summary>
public static class ChatService
{
    /// <summary>The SID (prefix <c>IS</c>), with the digits of the account's SID.</summary>
    public static Sid Of(Sid account) => WithDigitsOf(account, SidPrefix.ChatService);

    /// <summary>The role of participants that the application gives none; it has the same digits.</summary>
    public static Sid RoleOf(Sid account) => WithDigitsOf(account, SidPrefix.Role);

    /// <summary>
    /// The Messaging Service that conversations show if the application gives them none; it has the same digits. It
    /// sends nothing: the senders of the participants do.
    /// </summary>
    public static Sid MessagingServiceOf(Sid account) => WithDigitsOf(account, SidPrefix.MessagingService);

    private static Sid WithDigitsOf(Sid account, string prefix) => Sid.Parse(prefix + account.Value[2..]);
}
