namespace MessagingServices.Server.Conversations;

/// <summary>Participants by what paths call them: their SID or their identity.</summary>
internal static class ParticipantNames
{
    /// <summary>The participant of a conversation; at most one.</summary>
    public static IQueryable<ConversationParticipant> Called(this IQueryable<ConversationParticipant> participants, Sid conversation, string name)
    {
        var present = participants.Where(participant => participant.ConversationSid == conversation);
        return Sid.TryParseAs(SidPrefix.ConversationParticipant, name, out var sid)
            ? present.Where(participant => participant.Sid == sid)
            : present.Where(participant => participant.Identity == name);
    }
}
