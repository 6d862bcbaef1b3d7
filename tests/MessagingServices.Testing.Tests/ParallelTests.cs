using System.Diagnostics;
using Twilio.Rest.Api.V2010.Account;

namespace MessagingServices.Testing.Tests;

/// <summary>
/// Tests in parallel, each with an account, a clock and a phone of its own, do not disturb each other.
/// </summary>
public sealed class ParallelTests(Sms sms)
{
    /// <summary>20 in each run, and 200 with <c>MESSAGING_TEST_SIZE=full</c>.</summary>
    private static readonly int Size = Environment.GetEnvironmentVariable("MESSAGING_TEST_SIZE") == "full" ? 200 : 20;

    [Fact]
    public async Task Tests_in_parallel_have_worlds_of_their_own()
    {
        var began = Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, Size).Select(test => Task.Run(() => SignInAsync(test))));

        TestContext.Current.SendDiagnosticMessage(
            $"Counted: {Size} tests in parallel took {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    private async Task SignInAsync(int test)
    {
        await using var account = await sms.Emulator.CreateAccountAsync($"Test {test}");
        var twilio = AccountTests.ClientOf(account);
        await using var callbacks = account.Webhooks.Listen();
        var (shop, phone) = (await account.BuyNumberAsync(), account.Handset());
        if (test % 2 == 0) await account.Clock.FreezeAsync();
        await using var fault = test % 5 == 0 ? await account.Faults.FailDeliveryAsync(30003, times: 1) : null;

        var first = await MessageResource.CreateAsync(
            to: phone.Number, from: shop, body: $"Your code is {100000 + test}", statusCallback: callbacks.Url,
            client: twilio);
        if (test % 2 == 0) await account.Clock.AdvanceAsync(TimeSpan.FromDays(1 + test));
        if (fault is not null)
        {
            Assert.Equal(30003, (await account.WaitForAsync(first.Sid, "undelivered")).ErrorCode);
            await phone.ReceiveNothingAsync();
            return;
        }

        Assert.Equal($"{100000 + test}", await phone.ReceiveCodeAsync());
        var told = await account.Webhooks.WaitForAsync(first.Sid, "status_callback");
        Assert.Equal(first.Sid, told.Parameters["MessageSid"]);
        await phone.ReplyAsync("STOP");
        if (test % 2 == 0) await account.SettleAsync();
        Assert.Contains("unsubscribed", (await phone.ReceiveAsync()).Body, StringComparison.Ordinal);
        await phone.ReceiveNothingAsync();
    }
}
