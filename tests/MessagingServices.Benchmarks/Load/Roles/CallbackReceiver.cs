using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MessagingServices.Benchmarks.Load.Roles;

/// <summary>
/// An application's end of status callbacks: takes them, counts them by message and checks their order.
/// </summary>
internal static class CallbackReceiver
{
    public const string Role = "receive-callbacks";
    private static readonly string[] Order = ["queued", "sent", "delivered"];

    private static readonly ConcurrentDictionary<string, Seen> Messages = new();
    private static long received, repeated, outOfOrder, complete, unknown, last;

    /// <summary>
    /// Serves until it is ended: callbacks at <c>/</c>, what came at <c>/summary</c> and <c>/delivered</c>.
    /// </summary>
    public static async Task<int> RunAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/summary", () => string.Join(' ', received, complete, repeated, outOfOrder, unknown, last));
        app.MapGet("/delivered", () => string.Join(
            '\n', Messages.Where(m => m.Value.Delivered > 0).Select(m => $"{m.Key} {m.Value.Delivered}")));
        app.MapPost("/reset", Reset);
        app.MapPost("/", TakeAsync);
        await app.RunAsync();
        return 0;
    }

    private static async Task TakeAsync(HttpContext context)
    {
        var result = await context.Request.BodyReader.ReadAtLeastAsync((int)(context.Request.ContentLength ?? 0));
        var form = Encoding.UTF8.GetString(result.Buffer.ToArray());
        context.Request.BodyReader.AdvanceTo(result.Buffer.End);
        Note(Field(form, "MessageSid="), Array.IndexOf(Order, Field(form, "MessageStatus=")));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static void Note(string message, int place)
    {
        Interlocked.Increment(ref received);
        Volatile.Write(ref last, Stopwatch.GetTimestamp());
        if (place < 0)
        {
            Interlocked.Increment(ref unknown);
            return;
        }

        var seen = Messages.GetOrAdd(message, _ => new());
        lock (seen)
        {
            var bit = 1 << place;
            if ((seen.Statuses & bit) != 0) Interlocked.Increment(ref repeated);
            else if (seen.Statuses > bit) Interlocked.Increment(ref outOfOrder);
            if (place == 2 && seen.Delivered == 0) seen.Delivered = Stopwatch.GetTimestamp();
            if (seen.Statuses != 0b111 && (seen.Statuses |= bit) == 0b111) Interlocked.Increment(ref complete);
        }
    }

    private static void Reset()
    {
        Messages.Clear();
        received = repeated = outOfOrder = complete = unknown = last = 0;
    }

    private static string Field(string form, string name)
    {
        var start = form.StartsWith(name, StringComparison.Ordinal) ? 0
            : form.IndexOf("&" + name, StringComparison.Ordinal) + 1;
        if (start == 0 && !form.StartsWith(name, StringComparison.Ordinal)) return "";
        start += name.Length;
        var end = form.IndexOf('&', start);
        return end < 0 ? form[start..] : form[start..end];
    }

    private sealed class Seen
    {
        public int Statuses { get; set; }

        public long Delivered { get; set; }
    }
}

/// <summary>What a receiver has seen.</summary>
/// <param name="Received">All callbacks.</param>
/// <param name="Complete">Messages whose three callbacks came.</param>
/// <param name="Repeated">Callbacks that had come before.</param>
/// <param name="OutOfOrder">Callbacks that came after one of a later status.</param>
/// <param name="Unknown">Callbacks of other statuses.</param>
/// <param name="Last">When the last one came, by <see cref="Stopwatch"/>, which all processes of a machine
/// share.</param>
internal sealed record ReceiverSummary(long Received, long Complete, long Repeated, long OutOfOrder, long Unknown,
    long Last)
{
    public static ReceiverSummary Parse(string text) =>
        text.Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray()
        is [var received, var complete, var repeated, var outOfOrder, var unknown, var last]
            ? new(received, complete, repeated, outOfOrder, unknown, last)
            : throw new FormatException($"'{text}' is no summary.");
}
