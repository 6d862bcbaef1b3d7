using System.Globalization;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Engine;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Numbers about the account's messages.</summary>
[ApiController]
[Route("emulator/v1/Statistics")]
[Tags("Emulator")]
internal sealed class StatisticsController(MessageStatistics statistics, EmulatorClock clock) : ControllerBase
{
    private static readonly string[] QueueNames =
        ["select_sender", "hand_to_carrier", "fetch_media", "carrier_reports", "webhooks"];

    /// <summary>
    /// Counts the account's messages by status and error, how long they took, and what waits. Of more than 100,000
    /// messages the newest are counted.
    /// </summary>
    [HttpGet(Name = "FetchStatistics")]
    [ProducesResponseType<StatisticsResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch([FromQuery] StatisticsForm form, CancellationToken cancellation)
    {
        var account = User.AccountSid();
        var starts = form.StartsUntil(clock.Now(account));
        var counts = await statistics.CountAsync(account, starts, cancellation);
        var (sent, delivered) = await statistics.ReadLatenciesAsync(account, starts[0], cancellation);
        var waiting = await statistics.CountWaitingAsync(account, cancellation);
        var byStep = counts.ToLookup(count => count.Step);
        return Ok(new StatisticsResource
        {
            Since = new(starts[0]),
            Complete = await statistics.IsCompleteAsync(account, starts[0], cancellation),
            Statuses = StatusesOf(counts),
            Errors = ErrorsOf(counts),
            LatencyMs = new()
            {
                Sent = PercentilesResource.Of(sent),
                Delivered = PercentilesResource.Of(delivered),
                Callbacks = PercentilesResource.Of(
                    await statistics.ReadCallbackLatenciesAsync(account, starts[0], cancellation)),
            },
            Queues = QueueNames.ToDictionary(
                name => name, name => waiting.Where(count => count.Queue == name).Sum(count => count.Count)),
            Senders =
            [
                .. MessageStatistics.WaitingBySender(waiting)
                    .Select(sender => new SenderResource { Sender = sender.Key, Waiting = sender.Value }),
            ],
            Steps = string.IsNullOrEmpty(form.Step)
                ? []
                :
                [
                    .. starts.Select((start, index) => new StepResource
                    {
                        Start = new(start),
                        Statuses = StatusesOf(byStep[index + 1]),
                        Errors = ErrorsOf(byStep[index + 1]),
                    }),
                ],
        });
    }

    private static SortedDictionary<string, long> StatusesOf(IEnumerable<StatusCount> counts) =>
        Sum(counts, count => count.Status);

    private static SortedDictionary<string, long> ErrorsOf(IEnumerable<StatusCount> counts) => Sum(
        counts.Where(count => count.ErrorCode is not null),
        count => count.ErrorCode!.Value.ToString(CultureInfo.InvariantCulture));

    private static SortedDictionary<string, long> Sum(
        IEnumerable<StatusCount> counts, Func<StatusCount, string> nameOf)
    {
        SortedDictionary<string, long> sums = new(StringComparer.Ordinal);
        foreach (var count in counts) sums[nameOf(count)] = sums.GetValueOrDefault(nameOf(count)) + count.Count;
        return sums;
    }
}
