using System.Text.Json;
using Twilio.Rest.Api.V2010.Account;

namespace MessagingServices.Testing.Tests;

/// <summary>Servers are found, started, connected to and stopped; accounts are created and deleted.</summary>
public sealed class EmulatorTests(Sms sms) : AccountTests(sms)
{
    [Fact]
    public async Task A_started_server_has_the_settings_and_ends_with_the_tests()
    {
        List<string> log = [];
        var emulator = await Emulator.StartAsync(new()
        {
            Server = ServerBuild.Program,
            Settings = { ["Clock:Frozen"] = "true", ["Account:AuthToken"] = "atokenofmyown1" },
            AccountSid = "AC000000000000000000000000000000ab",
            Log = line =>
            {
                lock (log) log.Add(line);
            },
        });
        await using (emulator)
        {
            await using var account = await emulator.CreateAccountAsync();
            var clock = await account.CreateHttpClient().GetStringAsync("/emulator/v1/Clock");

            Assert.True(emulator.Url.IsLoopback);
            Assert.True(JsonDocument.Parse(clock).RootElement.GetProperty("frozen").GetBoolean());
            Assert.Contains(log, line => line.Contains("Account SID:  AC000000000000000000000000000000ab"));
        }

        await emulator.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => emulator.CreateAccountAsync());
        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(emulator.Url));
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_why()
    {
        var failure = await Assert.ThrowsAsync<EmulatorException>(() => Emulator.StartAsync(new()
        {
            Server = ServerBuild.Program, Settings = { ["Carrier:SentDelayMs"] = "soon" },
        }));

        Assert.Matches(
            @"^The server, started by "".*MessagingServices\.Server\.dll"", has ended with exit code \d+\.",
            failure.Message);
        Assert.Contains("Carrier:SentDelayMs", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_no_server_is_shown_with_its_last_lines()
    {
        var ended = await Assert.ThrowsAsync<EmulatorException>(
            () => Emulator.StartAsync(new() { Server = "echo this is no server" }));
        var silent = await Assert.ThrowsAsync<EmulatorException>(
            () => Emulator.StartAsync(
                new() { Server = "bash -c read", StartTimeout = TimeSpan.FromMilliseconds(200) }));
        var missing = await Assert.ThrowsAsync<EmulatorException>(
            () => Emulator.StartAsync(new() { Server = "no-such-program" }));
        var library = await Assert.ThrowsAsync<EmulatorException>(
            () => Emulator.StartAsync(new() { Server = "missing/MessagingServices.Server.dll" }));

        Assert.StartsWith(
            "The server, started by \"echo this is no server\", has ended with exit code 0. Its last lines:\n"
            + "  this is no server --urls=http://127.0.0.1:0 ", ended.Message);
        Assert.Equal(
            "The server, started by \"bash -c read\", is not ready after 0.2 s. It has printed nothing.",
            silent.Message);
        Assert.StartsWith("The server cannot be started by \"no-such-program\": ", missing.Message);
        Assert.EndsWith("missing/MessagingServices.Server.dll, the server to start, is missing.", library.Message);
    }

    [Fact]
    public async Task A_running_server_keeps_running_and_loses_the_accounts()
    {
        EmulatedAccount account;
        await using (var connected = await Emulator.StartAsync(new() { Url = Emulator.Url }))
            account = await connected.CreateAccountAsync();

        Assert.Equal(401, await StatusAsync(account));
        Assert.Empty(await MessageResource.ReadAsync(client: Twilio));
    }

    [Fact]
    public async Task Wrong_credentials_and_a_server_that_does_not_answer_are_told()
    {
        var refused = await Assert.ThrowsAsync<EmulatorException>(
            () => Emulator.StartAsync(new() { Url = Emulator.Url, AuthToken = "wrongtoken" }));
        var silent = await Assert.ThrowsAsync<EmulatorException>(() => Emulator.StartAsync(
            new() { Url = new("http://127.0.0.1:1"), StartTimeout = TimeSpan.FromMilliseconds(100) }));

        Assert.Equal(
            "GET /emulator/v1/Clock: 401, 20003: authentication failed, auth token is not valid for account "
            + $"AC00000000000000000000000000000001 (AC00000000000000000000000000000001 at {Emulator.Url})",
            refused.Message);
        Assert.StartsWith("The server at http://127.0.0.1:1/ is not ready after 0.1 s: ", silent.Message);
    }

    [Fact]
    public async Task An_account_begins_with_its_seed()
    {
        await using var account = await Emulator.CreateAccountAsync(new string('x', 100),
            """
            {
              "phone_numbers": [{ "PhoneNumber": "+14155550120" }],
              "messaging_services": [{ "FriendlyName": "Alerts", "senders": ["+14155550120"] }]
            }
            """);
        var twilio = ClientOf(account);

        Assert.Equal("+14155550120",
            (await IncomingPhoneNumberResource.ReadAsync(client: twilio)).Single().PhoneNumber.ToString());
        var twice = await Assert.ThrowsAsync<EmulatorException>(() => account.BuyNumberAsync("+14155550120"));
        Assert.Equal($"The account {account.Sid} has the number +14155550120 already.", twice.Message);
        var seed = await Assert.ThrowsAsync<EmulatorException>(() => Emulator.CreateAccountAsync(seedJson:
            """
            { "messaging_services": [{ "FriendlyName": "Alerts", "senders": ["+14155550121"] }] }
            """));
        Assert.Contains("messaging_services[0].senders[0]: ", seed.Message, StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAsync<EmulatorException>(() => account.BuyNumberAsync("12"));
        Assert.Equal("POST /emulator/v1/Seed: 400, 20001: phone_numbers[0]: PhoneNumber 12 is invalid", wrong.Message);
    }

    [Fact]
    public async Task A_deleted_account_is_gone()
    {
        var account = await Emulator.CreateAccountAsync();
        await account.DisposeAsync();
        await account.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => account.BuyNumberAsync());
        Assert.Equal(401, await StatusAsync(account));
    }

    [Fact]
    public async Task The_environment_of_an_application_has_the_credentials_and_the_server_as_proxy()
    {
        var variables = await Account.EnvironmentAsync("csharp");

        Assert.Equal(
            (Account.Sid, Account.AuthToken), (variables["TWILIO_ACCOUNT_SID"], variables["TWILIO_AUTH_TOKEN"]));
        Assert.Equal(Emulator.Url, new Uri(variables["HTTPS_PROXY"]));
        Assert.Contains("SSL_CERT_FILE", variables.Keys);
    }

    [Fact]
    public async Task A_canceled_test_stops_waiting_and_still_cleans_up()
    {
        using var canceled = new CancellationTokenSource();
        await using var emulator = await Emulator.StartAsync(
            new() { Url = Emulator.Url, Cancellation = () => canceled.Token });
        var account = await emulator.CreateAccountAsync();
        var wait = account.Handset().ReceiveAsync(timeout: TimeSpan.FromMinutes(10));

        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await account.DisposeAsync();
        Assert.Equal(401, await StatusAsync(account));
    }

    /// <summary>How the server answers a request with the credentials of an account.</summary>
    private async Task<int> StatusAsync(EmulatedAccount account)
    {
        using HttpClient http = new() { BaseAddress = Emulator.Url };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(
            System.Text.Encoding.UTF8.GetBytes($"{account.Sid}:{account.AuthToken}")));
        return (int)(await http.GetAsync("/emulator/v1/Clock")).StatusCode;
    }

    [Fact]
    public void A_failure_counts_as_an_assertion_of_xunit() =>
        Assert.Contains(typeof(EmulatorException).GetInterfaces(), type => type.Name == "IAssertionException");
}
