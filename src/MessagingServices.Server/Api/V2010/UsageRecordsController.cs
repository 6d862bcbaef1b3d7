using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The usage of messages, by category and period. It is computed from the messages when it is listed. A range of days
/// that ends before it starts is 404, as at Twilio.
/// </summary>
[ApiController]
[Route("2010-04-01/Accounts/{AccountSid}/Usage/Records")]
[Tags("2010 Usage")]
internal sealed class UsageRecordsController(MessagingDb db, EmulatorClock clock) : ControllerBase
{
    private DateOnly Today => DateOnly.FromDateTime(clock.Now(User.AccountSid()).UtcDateTime);

    private DateOnly ThisMonth => new(Today.Year, Today.Month, 1);

    /// <summary>Lists the usage of the whole time, or of some days.</summary>
    [HttpGet("/2010-04-01/Accounts/{AccountSid}/Usage/Records.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> List([FromQuery] UsageRecordFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, UsagePeriod.All, null, null, cancellation);

    /// <summary>Lists the usage of the whole time, or of some days.</summary>
    [HttpGet("AllTime.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListAllTime([FromQuery] UsageRecordFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, UsagePeriod.All, null, null, cancellation);

    /// <summary>Lists the usage day by day, newest first.</summary>
    [HttpGet("Daily.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListDaily([FromQuery] UsageRecordFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, UsagePeriod.Day, null, null, cancellation);

    /// <summary>Lists the usage month by month, newest first.</summary>
    [HttpGet("Monthly.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListMonthly([FromQuery] UsageRecordFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, UsagePeriod.Month, null, null, cancellation);

    /// <summary>Lists the usage year by year, newest first.</summary>
    [HttpGet("Yearly.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListYearly([FromQuery] UsageRecordFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, UsagePeriod.Year, null, null, cancellation);

    /// <summary>Lists the usage of today, on the emulator's clock.</summary>
    [HttpGet("Today.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListToday([FromQuery] UsageRecordFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, UsagePeriod.All, Today, Today, cancellation);

    /// <summary>Lists the usage of yesterday, on the emulator's clock.</summary>
    [HttpGet("Yesterday.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListYesterday([FromQuery] UsageRecordFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, UsagePeriod.All, Today.AddDays(-1), Today.AddDays(-1), cancellation);

    /// <summary>Lists the usage of the month until today.</summary>
    [HttpGet("ThisMonth.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListThisMonth([FromQuery] UsageRecordFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, UsagePeriod.All, ThisMonth, Today, cancellation);

    /// <summary>Lists the usage of the month before.</summary>
    [HttpGet("LastMonth.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListLastMonth([FromQuery] UsageRecordFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, UsagePeriod.All, ThisMonth.AddMonths(-1), ThisMonth.AddDays(-1), cancellation);

    private async Task<ObjectResult> ListAsync(
        UsageRecordFilter filter, UsagePeriod period, DateOnly? first, DateOnly? last, CancellationToken cancellation)
    {
        var account = User.AccountSid();
        var (from, to) = filter.Days(
            Today, first ?? await CreatedAsync(account, cancellation), last ?? Today);
        if (from > to) throw this.NotFoundError();
        var listing = await new UsageListing(db, account, filter.Categories())
            .ReadAsync(PageRequest.Read(Request), period, from, to, cancellation);
        var now = clock.Now(User.AccountSid());
        return Ok(Page2010.Of(Request, "usage_records", "UsageRecord", listing,
            record => UsageRecordResource.Of(record, account, now, Request.Path.Value!)));
    }

    private async Task<DateOnly> CreatedAsync(Sid account, CancellationToken cancellation)
    {
        var created = await db.Accounts.Where(known => known.Sid == account).Select(known => known.DateCreated)
            .SingleAsync(cancellation);
        return DateOnly.FromDateTime(created.UtcDateTime);
    }
}
