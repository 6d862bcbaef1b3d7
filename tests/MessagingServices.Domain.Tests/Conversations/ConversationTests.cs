namespace MessagingServices.Domain.Tests.Conversations;

public sealed class ConversationTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly Conversation conversation =
        new(Sid.Create(SidPrefix.Conversation, 1), Sid.Create(SidPrefix.Account, 1), Start);

    [Fact]
    public void Message_index_counts_from_0_and_sets_DateUpdated()
    {
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(i => conversation.TakeIndex(Start.AddSeconds(i))));
        Assert.Equal(Start.AddSeconds(2), conversation.DateUpdated);
    }

    [Theory]
    [InlineData(ConversationState.Initializing)]
    [InlineData(ConversationState.Inactive)]
    [InlineData(ConversationState.Active)]
    public void Message_makes_an_inactive_conversation_active(ConversationState state)
    {
        Assert.Null(conversation.ChangeState(state));

        conversation.TakeIndex(Start);

        Assert.Equal(ConversationState.Active, conversation.State);
    }

    [Fact]
    public void Closed_conversation_stays_closed()
    {
        Assert.Null(conversation.ChangeState(ConversationState.Closed));

        Assert.Null(conversation.ChangeState(ConversationState.Closed));
        foreach (var state in Enum.GetValues<ConversationState>().Where(state => state != ConversationState.Closed))
            Assert.Equal(20001, conversation.ChangeState(state)?.Error.Code);
        Assert.Throws<InvalidOperationException>(() => conversation.TakeIndex(Start));
        Assert.Equal(ConversationState.Closed, conversation.State);
    }

    [Fact]
    public void Account_has_its_own_conversation_service()
    {
        var account = Sid.Create(SidPrefix.Account, 0xABC);

        Assert.Equal("IS00000000000000000000000000000abc", ChatService.Of(account).Value);
    }
}
