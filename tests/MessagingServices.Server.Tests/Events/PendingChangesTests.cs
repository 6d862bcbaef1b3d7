using MessagingServices.Server.Events;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Events;

/// <summary>The changes of one frame: merged, and at most 500.</summary>
public sealed class PendingChangesTests
{
    private static readonly Sid Account = Sid.Parse(MessagingServer.AccountSid);

    private readonly PendingChanges pending = new();

    [Fact]
    public void Updates_of_one_message_are_merged_into_the_last_one()
    {
        pending.Add(Of(EventTypes.MessageCreated, "a", version: 1));
        pending.Add(Of(EventTypes.MessageUpdated, "a", version: 2));
        pending.Add(Of(EventTypes.MessageUpdated, "b", version: 2));
        pending.Add(Of(EventTypes.MessageUpdated, "a", version: 3));

        Assert.Equal(
            [(EventTypes.MessageCreated, "a", 1), (EventTypes.MessageUpdated, "a", 3),
                (EventTypes.MessageUpdated, "b", 2)],
            pending.Take().Changes.Select(change => (change.Type, change.Key, change.Version)));
        Assert.Empty(pending.Take().Changes);
    }

    [Fact]
    public void An_earlier_state_that_comes_late_does_not_undo_a_later_one()
    {
        pending.Add(Of(EventTypes.MessageUpdated, "a", version: 4));
        pending.Add(Of(EventTypes.MessageUpdated, "a", version: 3));

        Assert.Equal([4], pending.Take().Changes.Select(change => change.Version));
    }

    [Fact]
    public void A_state_that_another_server_knows_better_is_read()
    {
        pending.Add(new(EventTypes.MessageUpdated, Account, "a") { Version = 2 });
        pending.Add(Of(EventTypes.MessageUpdated, "a", version: 3));

        Assert.True(Assert.Single(pending.Take().Changes).IsHint);
    }

    [Fact]
    public void Something_that_is_deleted_in_the_frame_in_which_it_was_made_is_deleted()
    {
        pending.Add(new(EventTypes.ConversationUpdated, Account, "a"));
        pending.Add(Of(EventTypes.ConversationUpdated, "a", version: 0));
        pending.Add(new(EventTypes.ConversationUpdated, Account, "a"));

        Assert.False(Assert.Single(pending.Take().Changes).IsHint);
    }

    [Fact]
    public void A_deleted_message_has_no_other_event()
    {
        pending.Add(Of(EventTypes.MessageCreated, "a", version: 1));
        pending.Add(Of(EventTypes.MessageUpdated, "a", version: 2));
        pending.Add(Of(EventTypes.MessageDeleted, "a", version: 0));

        Assert.Equal([EventTypes.MessageDeleted], pending.Take().Changes.Select(change => change.Type));
    }

    [Fact]
    public void More_than_500_changes_are_dropped_and_only_their_types_are_known()
    {
        for (var i = 0; i < PendingChanges.Max; i++) pending.Add(Of(EventTypes.MessageCreated, $"{i}", version: 1));
        Assert.Equal((PendingChanges.Max, EventTypes.None), Count(pending.Take()));

        for (var i = 0; i < PendingChanges.Max; i++) pending.Add(Of(EventTypes.MessageCreated, $"{i}", version: 1));
        pending.Add(Of(EventTypes.WebhookUpdated, "x", version: 0));
        pending.Add(Of(EventTypes.ClockUpdated, "clock", version: 0));
        pending.Add(Of(EventTypes.MessageCreated, "late", version: 1));

        var (changes, lost) = pending.Take();
        Assert.Equal(["clock"], changes.Select(change => change.Key));
        Assert.Equal(EventTypes.MessageCreated | EventTypes.WebhookUpdated, lost);
    }

    [Fact]
    public void Merged_changes_count_once()
    {
        for (var i = 0; i < 2 * PendingChanges.Max; i++) pending.Add(Of(EventTypes.MessageUpdated, $"{i % 500}", i));

        Assert.Equal((PendingChanges.Max, EventTypes.None), Count(pending.Take()));
    }

    private static (int, EventTypes) Count((IReadOnlyList<Change> Changes, EventTypes Lost) taken) =>
        (taken.Changes.Count, taken.Lost);

    private static Change Of(EventTypes type, string key, int version) =>
        new(type, Account, key) { Subject = new object(), Version = version };
}
