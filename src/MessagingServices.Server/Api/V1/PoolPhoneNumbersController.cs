using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>The phone numbers of a sender pool: add, list, fetch, remove.</summary>
[ApiController]
[Route("v1/Services/{serviceSid}/PhoneNumbers")]
[Tags("v1 Services: PhoneNumbers")]
internal sealed class PoolPhoneNumbersController(MessagingDb db) : PoolMembersController(db)
{
    /// <summary>Puts a phone number into the pool.</summary>
    [HttpPost]
    [ProducesResponseType<PoolPhoneNumberResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Add(
        Sid serviceSid, [FromForm] AddPoolPhoneNumberForm form, [FromServices] AddSenderToPool addSender, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created,
            Resource(Found(await addSender.AddPhoneNumberAsync(User.AccountSid(), serviceSid, Sid.Parse(form.PhoneNumberSid!), cancellation))));

    /// <summary>Lists the pool's phone numbers, the latest to join first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(Sid serviceSid, CancellationToken cancellation) =>
        Ok(PageV1.Of(Request, "phone_numbers", await ListAsync(serviceSid, Numbers(serviceSid), cancellation), Resource));

    /// <summary>Fetches a phone number of the pool.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<PoolPhoneNumberResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid serviceSid, Sid sid, CancellationToken cancellation) =>
        Ok(Resource(await FetchAsync(Numbers(serviceSid), sid, cancellation)));

    /// <summary>Takes a phone number out of the pool; the account keeps it.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public Task<NoContentResult> Remove(
        Sid serviceSid, Sid sid, [FromServices] RemoveSenderFromPool removeSender, CancellationToken cancellation) =>
        RemoveAsync(Numbers(serviceSid), serviceSid, sid, removeSender, cancellation);

    private IQueryable<PoolSender> Numbers(Sid service) => Members(service, SenderType.LongCode, SenderType.TollFree);

    private PoolPhoneNumberResource Resource(PoolSender sender) => PoolPhoneNumberResource.Of(sender, Request);
}
