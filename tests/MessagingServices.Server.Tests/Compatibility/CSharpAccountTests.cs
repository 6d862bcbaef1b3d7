using MessagingServices.Server.Tests.Fixtures;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Iam.V1;
using Twilio.Security;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>Subaccounts and API keys with Twilio's official C# SDK.</summary>
public sealed class CSharpAccountTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Recipient = "+14155550123";

    private static readonly string[] Allowed = ["/twilio/messaging/messages/list"];

    private readonly TwilioRestClient twilio = CSharpSdk.Connect(server);

    [Fact]
    public async Task A_subaccount_is_created_fetched_listed_and_suspended()
    {
        var created = await AccountResource.CreateAsync("Worker", client: twilio);
        var fetched = await AccountResource.FetchAsync(created.Sid, client: twilio);
        var listed = await AccountResource.ReadAsync("Worker", client: twilio);

        Assert.Equal(
            ("Worker", AccountResource.StatusEnum.Active, AccountResource.TypeEnum.Full, MessagingServer.AccountSid),
            (created.FriendlyName, created.Status, created.Type, created.OwnerAccountSid));
        Assert.Equal((created.Sid, created.AuthToken), (fetched.Sid, fetched.AuthToken));
        Assert.Contains(listed, account => account.Sid == created.Sid);

        var suspended = await AccountResource.UpdateAsync(
            created.Sid, status: AccountResource.StatusEnum.Suspended, client: twilio);
        Assert.Equal(AccountResource.StatusEnum.Suspended, suspended.Status);
        await ExpectAsync(403, 20005, () => MessageResource.ReadAsync(
            client: CSharpSdk.ConnectAs(server, created.Sid, created.AuthToken)));
    }

    [Fact]
    public async Task The_parent_acts_for_its_subaccount_by_the_option_accountSid()
    {
        await using var app = await InboundApp.StartAsync();
        var url = app.AnswerStatus("/status", 204);
        var sub = await AccountResource.CreateAsync("Worker", client: twilio);
        var parent = CSharpSdk.ConnectAs(
            server, MessagingServer.AccountSid, MessagingServer.AuthToken, accountSid: sub.Sid);
        var number = await IncomingPhoneNumberResource.CreateAsync(phoneNumber: new(NumbersApi.New()), client: parent);

        var sent = await MessageResource.CreateAsync(
            to: Recipient, from: number.PhoneNumber, body: "Hi", statusCallback: new(url), client: parent);
        var callbacks = await app.UntilAsync("/status", 2);

        Assert.Equal((sub.Sid, sub.Sid), (number.AccountSid, sent.AccountSid));
        Assert.All(callbacks, callback =>
        {
            Assert.Equal(sub.Sid, callback["AccountSid"]);
            Assert.True(new RequestValidator(sub.AuthToken).Validate(
                callback.Url, new Dictionary<string, string>(callback.Form), callback.Headers["X-Twilio-Signature"]));
            Assert.False(callback.IsSigned());
        });
        Assert.Equal(sent.Sid, Assert.Single(await MessageResource.ReadAsync(
            client: CSharpSdk.ConnectAs(server, sub.Sid, sub.AuthToken))).Sid);
        Assert.Empty(await MessageResource.ReadAsync(from: number.PhoneNumber, client: twilio));
    }

    [Fact]
    public async Task A_key_and_its_secret_do_what_the_account_may_but_keys_and_accounts()
    {
        var key = await NewKeyResource.CreateAsync(friendlyName: "CI", client: twilio);
        var sub = await AccountResource.CreateAsync("Worker", client: twilio);
        var byKey = CSharpSdk.ConnectAs(server, key.Sid, key.Secret, MessagingServer.AccountSid);

        var number = await IncomingPhoneNumberResource.CreateAsync(phoneNumber: new(NumbersApi.New()), client: byKey);
        await MessageResource.CreateAsync(to: Recipient, from: number.PhoneNumber, body: "Hi", client: byKey);

        Assert.Single(await MessageResource.ReadAsync(from: number.PhoneNumber, client: byKey));
        Assert.Empty(await MessageResource.ReadAsync(
            client: CSharpSdk.ConnectAs(server, key.Sid, key.Secret, accountSid: sub.Sid)));
        await ExpectAsync(401, 20003, () => KeyResource.ReadAsync(client: byKey));
        await ExpectAsync(401, 20003, () => AccountResource.CreateAsync(client: byKey));

        Assert.True(await KeyResource.DeleteAsync(key.Sid, client: twilio));
        await ExpectAsync(401, 20003, () => MessageResource.ReadAsync(client: byKey));
    }

    [Fact]
    public async Task A_restricted_key_does_what_its_policy_allows()
    {
        var key = await NewApiKeyResource.CreateAsync(MessagingServer.AccountSid, keyType: "restricted",
            policy: new { allow = Allowed }, client: twilio);
        var byKey = CSharpSdk.ConnectAs(server, key.Sid, key.Secret, MessagingServer.AccountSid);

        await MessageResource.ReadAsync(limit: 1, client: byKey);
        await ExpectAsync(403, 70051, () => MessageResource.CreateAsync(
            to: Recipient, from: NumbersApi.New(), body: "Hi", client: byKey));
        Assert.Contains(await GetApiKeysResource.ReadAsync(MessagingServer.AccountSid, client: twilio),
            listed => listed.Sid == key.Sid);
        Assert.True(await ApiKeyResource.DeleteAsync(key.Sid, client: twilio));
        await ExpectAsync(401, 20003, () => MessageResource.ReadAsync(client: byKey));
    }

    private static async Task ExpectAsync<T>(int status, int code, Func<Task<T>> call)
    {
        var error = await Assert.ThrowsAsync<ApiException>(call);
        Assert.Equal((status, code), (error.Status, error.Code));
    }
}
