namespace MessagingServices.Domain.Tests.Conversations;

/// <summary>The states of a conversation and the indexes of its messages.</summary>
public sealed class ConversationTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly Conversation conversation =
        new(Sid.Create(SidPrefix.Conversation, 1), Sid.Create(SidPrefix.Account, 1), Start);

    [Fact]
    public void Indexes_count_up_from_0_and_say_when_the_conversation_changed()
    {
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(i => conversation.TakeIndex(Start.AddSeconds(i))));
        Assert.Equal(Start.AddSeconds(2), conversation.DateUpdated);
    }

    [Theory]
    [InlineData(ConversationState.Initializing)]
    [InlineData(ConversationState.Inactive)]
    [InlineData(ConversationState.Active)]
    public void A_message_makes_it_active(ConversationState state)
    {
        Assert.Null(conversation.ChangeState(state));

        conversation.TakeIndex(Start);

        Assert.Equal(ConversationState.Active, conversation.State);
    }

    [Fact]
    public void Closed_is_for_good()
    {
        Assert.Null(conversation.ChangeState(ConversationState.Closed));

        Assert.Null(conversation.ChangeState(ConversationState.Closed));
        foreach (var state in Enum.GetValues<ConversationState>().Where(state => state != ConversationState.Closed))
            Assert.Equal(20001, conversation.ChangeState(state)?.Error.Code);
        Assert.Throws<InvalidOperationException>(() => conversation.TakeIndex(Start));
        Assert.Equal(ConversationState.Closed, conversation.State);
    }

    [Fact]
    public void The_conversation_service_of_an_account_is_its_own()
    {
        var account = Sid.Create(SidPrefix.Account, 0xABC);

        Assert.Equal("IS00000000000000000000000000000abc", ChatService.Of(account).Value);
    }
}
