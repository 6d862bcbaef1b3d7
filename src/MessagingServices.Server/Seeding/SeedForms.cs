using System.Text;
using System.Text.Json.Serialization;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Api.V2;
using MessagingServices.Server.Api.V2010;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MessagingServices.Server.Seeding;

/// <summary>
/// What an account shall have, as in <c>Seed:File</c>: lists of resources, whose members are the parameters of their
/// create calls.
/// </summary>
internal sealed record SeedBody
{
    /// <summary>Phone numbers: <c>PhoneNumber</c> or <c>AreaCode</c>, and the other parameters.</summary>
    public IReadOnlyList<Dictionary<string, object>>? PhoneNumbers { get; init; }

    /// <summary>Short codes: <c>ShortCode</c> and <c>IsoCountry</c>.</summary>
    public IReadOnlyList<Dictionary<string, object>>? ShortCodes { get; init; }

    /// <summary>WhatsApp and RCS senders: the members of their create call.</summary>
    public IReadOnlyList<Dictionary<string, object>>? ChannelSenders { get; init; }

    /// <summary>
    /// Messaging Services: <c>FriendlyName</c> and the other parameters, and <c>senders</c>: addresses of the seed or
    /// of the account, or alphanumeric names.
    /// </summary>
    public IReadOnlyList<Dictionary<string, object>>? MessagingServices { get; init; }

    /// <summary>The whole body.</summary>
    [JsonIgnore]
    internal string Json { get; init; } = "";
}

/// <summary>Binds a seed as it was sent: who applies it names the member at fault.</summary>
internal sealed class SeedBodyBinder : IModelBinder
{
    /// <inheritdoc/>
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var body = bindingContext.HttpContext.Features.Get<JsonBody>()!;
        bindingContext.Result = ModelBindingResult.Success(
            new SeedBody { Json = Encoding.UTF8.GetString(body.Utf8.Span) });
        return Task.CompletedTask;
    }
}

/// <summary>The resources that a seed has made; what the account had already is not among them.</summary>
internal sealed record SeedResource
{
    public required IReadOnlyList<PhoneNumberResource> PhoneNumbers { get; init; }

    public required IReadOnlyList<ShortCodeResource> ShortCodes { get; init; }

    public required IReadOnlyList<ChannelSenderResource> ChannelSenders { get; init; }

    public required IReadOnlyList<SeededServiceResource> MessagingServices { get; init; }
}

/// <summary>A Messaging Service that a seed has made.</summary>
internal sealed record SeededServiceResource
{
    public required Sid Sid { get; init; }

    public required string FriendlyName { get; init; }

    /// <summary>The addresses of its sender pool, as the seed has them.</summary>
    public required IReadOnlyList<string> Senders { get; init; }

    /// <summary>The address of the Messaging Service.</summary>
    public required string Url { get; init; }
}
