using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>The phone numbers of a sender pool: add, list, fetch, remove.</summary>
[Route("v1/Services/{serviceSid}/PhoneNumbers")]
[Tags("v1 Services: PhoneNumbers")]
internal sealed class PoolPhoneNumbersController(MessagingDb db, SenderPoolUseCases pools)
    : PoolSendersController<PoolPhoneNumberResource>(db, pools)
{
    /// <summary>Puts a phone number into the pool.</summary>
    [HttpPost]
    [ProducesResponseType<PoolPhoneNumberResource>(StatusCodes.Status201Created)]
    public Task<ObjectResult> Add(
        Sid serviceSid, [FromForm] AddPoolPhoneNumberForm form, CancellationToken cancellation) =>
        CreatedAsync(Pools.AddPhoneNumberAsync(
            User.AccountSid(), serviceSid, Sid.Parse(form.PhoneNumberSid!), cancellation));

    /// <summary>Lists the pool's phone numbers, the latest to join first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public Task<ObjectResult> List(Sid serviceSid, CancellationToken cancellation) =>
        ListAsync(serviceSid, "phone_numbers", cancellation);

    protected override IQueryable<PoolSender> Kind(IQueryable<PoolSender> senders) =>
        senders.Where(sender => sender.Type == SenderType.LongCode || sender.Type == SenderType.TollFree);

    protected override PoolPhoneNumberResource Resource(PoolSender sender) =>
        PoolPhoneNumberResource.Of(sender, Request);
}
