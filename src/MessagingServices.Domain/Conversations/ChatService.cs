namespace MessagingServices.Domain.Conversations;

/// <summary>The one conversation service of an account: every account has its own, always the same, and none besides.</summary>
public static class ChatService
{
    /// <summary>Its SID, prefix <c>IS</c>: the digits are the account's.</summary>
    public static Sid Of(Sid account) => Sid.Parse(SidPrefix.ChatService + account.Value[2..]);
}
