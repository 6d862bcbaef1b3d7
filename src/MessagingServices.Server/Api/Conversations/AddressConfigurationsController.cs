using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Conversations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// The configurations of the account's senders for messages that belong to no conversation: create, list, fetch,
/// update, delete.
/// </summary>
[ApiController]
[Route("conversations/v1/Configuration/Addresses")]
[Tags("Conversations v1")]
internal sealed class AddressConfigurationsController(
    MessagingDb db, AddressConfigurationUseCases useCases) : ControllerBase
{
    private const int MaxPageSize = 50;

    /// <summary>Configures an address.</summary>
    [HttpPost]
    [ProducesResponseType<AddressConfigurationResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        [FromForm] CreateAddressConfigurationForm form, CancellationToken cancellation)
    {
        CheckService(form);
        return StatusCode(StatusCodes.Status201Created, AddressConfigurationResource.Of(
            await useCases.CreateAsync(
                User.AccountSid(), form.ToType()!.Value, form.ToAddress()!, form.Configure, cancellation), Request));
    }

    /// <summary>Lists the configurations, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] AddressConfigurationFilter filter, CancellationToken cancellation)
    {
        var listing = await filter.Apply(
            db.AddressConfigurations.Where(configuration => configuration.AccountSid == User.AccountSid()))
            .ReadAsync(PageRequest.Read(Request, MaxPageSize), configuration => configuration.Ordinal,
                configuration => configuration.Sid, cancellation);
        return Ok(PageV1.Of(Request, "address_configurations", listing,
            configuration => AddressConfigurationResource.Of(configuration, Request)));
    }

    /// <summary>Fetches a configuration.</summary>
    /// <param name="name">Its SID or its address.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet("{name}")]
    [ProducesResponseType<AddressConfigurationResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(string name, CancellationToken cancellation) =>
        Ok(AddressConfigurationResource.Of(
            await db.AddressConfigurations.AsNoTracking().BySidOrAddress(User.AccountSid(), name)
                .SingleOrDefaultAsync(cancellation) ?? throw this.NotFoundError(), Request));

    /// <summary>Changes a configuration. An absent parameter keeps its value.</summary>
    /// <param name="name">Its SID or its address.</param>
    /// <param name="form">The changes.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpPost("{name}")]
    [ProducesResponseType<AddressConfigurationResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        string name, [FromForm] UpdateAddressConfigurationForm form, CancellationToken cancellation)
    {
        CheckService(form);
        return Ok(AddressConfigurationResource.Of(
            await useCases.UpdateAsync(User.AccountSid(), name, form.ApplyTo, cancellation)
                ?? throw this.NotFoundError(), Request));
    }

    /// <summary>Deletes a configuration; conversations stay.</summary>
    /// <param name="name">Its SID or its address.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpDelete("{name}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(string name, CancellationToken cancellation) =>
        this.Deleted(await useCases.DeleteAsync(User.AccountSid(), name, cancellation));

    /// <summary>An account has one conversation service; another one is not its own.</summary>
    private void CheckService(AddressConfigurationForm form)
    {
        if (form.AutoCreationConversationServiceSid is { Length: > 0 } service
            && service != ChatService.Of(User.AccountSid()).Value)
            throw new TwilioException(
                MessagingError.BadParameter.ToApiError(
                    $"AutoCreation.ConversationServiceSid '{service}' is not the account's"));
    }
}
