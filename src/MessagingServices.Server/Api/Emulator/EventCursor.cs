using System.Buffers;
using System.Text;
using MessagingServices.Server.Events;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The place of one client in the events of an account, and what it gets next.</summary>
/// <param name="events">The events of the account.</param>
/// <param name="filter">The events that the client wants.</param>
/// <param name="reader">Reads events again whose data is not kept.</param>
/// <param name="time">Real time.</param>
internal sealed class EventCursor(AccountEvents events, EventFilter filter, EventReader reader, TimeProvider time)
{
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenComments = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    private long place = events.Log.Last;
    private long lastFrame;
    private long lastComment = time.GetTimestamp();
    private bool isSlow;

    /// <summary>Goes on after an event.</summary>
    /// <param name="lastEventId">Its ID; null to begin with what happens from now on.</param>
    /// <returns>False if the event is not known any more: the client must read again.</returns>
    public bool TryContinue(string? lastEventId)
    {
        if (string.IsNullOrEmpty(lastEventId)) return true;
        if (events.Log.NumberOf(lastEventId) is not { } number) return false;
        place = number;
        return true;
    }

    /// <summary>What a stream begins with: how soon to come back, and where to go on.</summary>
    public ReadOnlyMemory<byte> Opening() => Encoding.UTF8.GetBytes($"retry: 1000\nid: {events.Log.IdOf(place)}\n\n");

    /// <summary>The event that tells the client to read again.</summary>
    public ReadOnlyMemory<byte> Resync() =>
        Encoding.UTF8.GetBytes(
            $"id: {events.Log.IdOf(place)}\nevent: {EventTypeNames.Resync}\n"
            + $$"""data: {"account_sid":"{{events.Account}}"}""" + "\n\n");

    /// <summary>Notes how long the client has kept the server waiting.</summary>
    public void Written(TimeSpan took) => isSlow = took > Slow;

    /// <summary>Waits for the next frame, at most until a comment is due.</summary>
    public async Task<EventFrame> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var next = events.NextFrame;
            if (events.Log.Last > place)
            {
                var pause = BetweenFrames - time.GetElapsedTime(lastFrame);
                if (lastFrame != 0 && pause > TimeSpan.Zero) await Task.Delay(pause, time, cancellation);
                return await ReadFrameAsync(cancellation);
            }

            var untilComment = BetweenComments - time.GetElapsedTime(lastComment);
            if (untilComment <= TimeSpan.Zero)
            {
                lastComment = time.GetTimestamp();
                return new(Comment, IsLost: false);
            }

            try
            {
                await next.WaitAsync(untilComment, time, cancellation);
            }
            catch (TimeoutException)
            {
                // The comment is due.
            }
        }
    }

    private async Task<EventFrame> ReadFrameAsync(CancellationToken cancellation)
    {
        var unread = events.Log.ReadAfter(place, filter, isSlow);
        place = unread.Through;
        if (unread.IsLost)
        {
            lastFrame = time.GetTimestamp();
            isSlow = false;
            return new(Resync(), IsLost: true);
        }

        if (unread.Events.Count == 0) return new(default, IsLost: false);
        lastFrame = time.GetTimestamp();
        return new(Write(await reader.ReadAgainAsync(events.Account, unread.Events, cancellation)), IsLost: false);
    }

    private ReadOnlyMemory<byte> Write(IReadOnlyList<(Change Change, byte[] Data)> written)
    {
        ArrayBufferWriter<byte> frame = new(written.Sum(entry => entry.Data.Length + 96) + 1);
        foreach (var (change, data) in written)
        {
            Append(frame, "id: ");
            Append(frame, events.Log.IdOf(change.Number));
            Append(frame, "\nevent: ");
            Append(frame, EventTypeNames.NameOf(change.Type));
            Append(frame, "\ndata: ");
            frame.Write(data);
            Append(frame, "\n\n");
        }

        return frame.WrittenMemory;
    }

    private static void Append(ArrayBufferWriter<byte> frame, string text) => Encoding.UTF8.GetBytes(text, frame);
}

/// <summary>What is written to a client at once.</summary>
/// <param name="Bytes">The events, or a comment; empty if the client wants none of the events.</param>
/// <param name="IsLost">Whether it is a resync.</param>
internal sealed record EventFrame(ReadOnlyMemory<byte> Bytes, bool IsLost);
