namespace MessagingServices.Domain.Conversations;

/// <summary>The conversation service of an account. Each account has exactly one.</summary>
public static class ChatService
{
    /// <summary>The SID (prefix <c>IS</c>), with the digits of the account's SID.</summary>
    public static Sid Of(Sid account) => Sid.Parse(SidPrefix.ChatService + account.Value[2..]);
}
