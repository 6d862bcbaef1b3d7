using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Api.V2;
using MessagingServices.Server.Api.V2010;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Seeding;

/// <summary>Applies the seed of a request to its account, completely or not at all.</summary>
internal sealed class SeedOfRequest(
    IDbContextFactory<MessagingDb> databases, SeedResources resources, SidSource sids)
{
    private const string Name = "(request)";

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads a seed, and applies nothing.</summary>
    /// <exception cref="TwilioException">20001: the body is no seed. The message begins with the member.</exception>
    public static void Check(SeedBody body) => Read(body);

    /// <summary>Adds what the account does not have yet. Of concurrent calls one after the other is applied.</summary>
    /// <exception cref="TwilioException">20001: the body is no seed, or a resource is refused. The message begins with
    /// the member.</exception>
    public async Task<SeedResource> ApplyAsync(
        Sid account, SeedBody body, HttpRequest request, CancellationToken cancellation)
    {
        var seed = Read(body);
        try
        {
            while (true)
            {
                if (await TryApplyAsync(account, seed, cancellation) is { } made) return Describe(made, request);
                // Those that wait hold no connection: other accounts need them.
                await Task.Delay(BetweenTries, cancellation);
            }
        }
        catch (WrongSeedException wrong)
        {
            throw Refused(wrong);
        }
    }

    private static SeedContent Read(SeedBody body)
    {
        try
        {
            return SeedFile.Read(Name, body.Json);
        }
        catch (WrongSeedException wrong)
        {
            throw Refused(wrong);
        }
    }

    private static TwilioException Refused(WrongSeedException wrong) =>
        new(MessagingError.BadParameter.ToApiError(wrong.Message));

    private async Task<MadeResources?> TryApplyAsync(Sid account, SeedContent seed, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.InTransactionAsync(
            async () =>
            {
                if (!await db.TryLockWorldAsync(account, cancellation)) return null;
                var present = await PresentResources.ReadAsync(db, account, cancellation);
                return await resources.MakeAsync(db, account, seed, present, sids, cancellation);
            }, cancellation);
    }

    private static SeedResource Describe(MadeResources made, HttpRequest request) => new()
    {
        PhoneNumbers = [.. made.PhoneNumbers.Select(PhoneNumberResource.Of)],
        ShortCodes = [.. made.ShortCodes.Select(ShortCodeResource.Of)],
        ChannelSenders =
        [
            .. made.ChannelSenders.Select(
                sender => ChannelSenderResource.Of(sender, ChannelSenderResource.Online, request)),
        ],
        MessagingServices =
        [
            .. made.MessagingServices.Select(entry => new SeededServiceResource
            {
                Sid = entry.Service.Sid,
                FriendlyName = entry.Service.FriendlyName,
                Senders = entry.Senders,
                Url = request.AbsoluteUrl($"/v1/Services/{entry.Service.Sid}"),
            }),
        ],
    };
}
