using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Seeding;

namespace MessagingServices.Server.Agents;

/// <summary>A new account, and what is in it.</summary>
internal sealed class CreateAccountTool(AccountUseCases accounts, SeedOfRequest seeds, RemoveAccounts removal)
    : IAgentTool
{
    private const string Name = "name";
    private const string Seed = "seed";

    /// <inheritdoc/>
    public static ToolDescription Description { get; } = new(
        "create_account", "Create an account",
        "Creates an account with its own SID, token, messages, rules and clock, for example one for each test. It is "
        + "empty, or filled by the seed. To use the other tools in it, connect with its SID and token.",
        [
            ToolParameter.OfText(Name, "A name for people, at most 64 characters.")
                with { Field = nameof(CreateAccountForm.FriendlyName) },
            new(
                Seed, "What the account has: an object with the lists phone_numbers, short_codes, channel_senders and "
                + "messaging_services, whose members are the parameters of their create calls; a Messaging Service "
                + "also has senders, a list of addresses. For example {\"phone_numbers\": [{\"PhoneNumber\": "
                + "\"+14155550100\"}], \"messaging_services\": [{\"FriendlyName\": \"Shop\", \"senders\": "
                + "[\"+14155550100\"]}]}", "object"),
        ],
        typeof(CreatedAccount)) { TakesLong = true };

    /// <inheritdoc/>
    public async Task<object> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        if (Access.RequireAuthToken(call.Caller.Credential) is { } refused) throw new TwilioException(refused);
        var form = call.Checked(new CreateAccountForm { FriendlyName = call.Arguments.Text(Name) });
        var seed = call.Arguments.Json(Seed) is { Length: > 0 } json ? new SeedBody { Json = json } : null;
        if (seed is not null) SeedOfRequest.Check(seed);
        var account = await accounts.CreateAsync(call.Caller.Account, form.FriendlyName, cancellation);
        return new CreatedAccount(
            account.Sid, account.AuthToken, account.FriendlyName,
            seed is null ? null : await FillAsync(call, account, seed, cancellation));
    }

    // The caller gets an account with its seed, or none.
    private async Task<SeedResource> FillAsync(
        ToolCall call, Account account, SeedBody seed, CancellationToken cancellation)
    {
        try
        {
            return await seeds.ApplyAsync(account.Sid, seed, call.Context.Request, cancellation);
        }
        catch
        {
            await removal.DeleteAsync(call.Account, account.Sid, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The new account.</summary>
    /// <param name="Sid">Its SID: the user name.</param>
    /// <param name="Token">Its Auth Token: the password.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Seeded">What the seed has made; null without a seed.</param>
    internal sealed record CreatedAccount(Sid Sid, string Token, string Name, SeedResource? Seeded);
}
