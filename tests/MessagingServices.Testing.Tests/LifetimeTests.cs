using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MessagingServices.Testing.Tests;

/// <summary>What a call does whose account, server or messages end while it waits.</summary>
public sealed class LifetimeTests(Sms sms) : AccountTests(sms)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_wait_ends_with_its_account()
    {
        var account = await Emulator.CreateAccountAsync();
        var fault = await account.Faults.FailDeliveryAsync();
        var wait = account.Handset().ReceiveAsync(timeout: Long);

        await account.DisposeAsync();

        var failure = await Assert.ThrowsAsync<ObjectDisposedException>(() => wait);
        Assert.StartsWith(
            $"The account {account.Sid} was deleted: the test has disposed it.", failure.Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<ObjectDisposedException>(account.SettleAsync);
        await fault.DisposeAsync();
    }

    [Fact]
    public async Task A_wait_ends_with_the_emulator()
    {
        var connected = await Emulator.StartAsync(new() { Url = Emulator.Url });
        var account = await connected.CreateAccountAsync();
        var fault = await account.Faults.FailDeliveryAsync();
        var (wait, told) = (account.Handset().ReceiveAsync(timeout: Long),
            account.Webhooks.WaitForAsync($"IM{new string('0', 32)}", "conversation"));

        await connected.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => wait);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => told);
        await fault.DisposeAsync();
        await account.DisposeAsync();
    }

    [Fact]
    public async Task A_wait_ends_when_somebody_else_deletes_the_account()
    {
        await using var other = await Emulator.StartAsync(new() { Url = Emulator.Url });
        var account = await other.CreateAccountAsync();
        var wait = account.Handset().ReceiveAsync(timeout: Long);

        using HttpClient http = new() { BaseAddress = Emulator.Url };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(
            "AC00000000000000000000000000000001:0123456789abcdef0123456789abcdef"u8));
        using var deleted = await http.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}");

        Assert.Equal(204, (int)deleted.StatusCode);
        Assert.Contains("401, 20003", (await Assert.ThrowsAsync<EmulatorException>(() => wait)).Message);
    }

    [Fact]
    public async Task A_wait_goes_on_after_a_reset()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await SendAsync(shop, phone, "before");
        await phone.ReceiveAsync();
        var wait = phone.ReceiveAsync(timeout: Long);

        await Account.ResetAsync();
        await SendAsync(shop, phone, "after");

        Assert.Equal("after", (await wait).Body);
    }

    [Fact]
    public async Task A_server_that_dies_ends_the_wait_and_is_named()
    {
        TaskCompletionSource dies = new();
        await using var server = await StartAsync(dies.Task);
        var folder = Directory.CreateTempSubdirectory("messaging-services-tests-");
        var script = Path.Combine(folder.FullName, "server");
        await File.WriteAllTextAsync(
            script,
            $"""
            sleep 60 > {script}.log 2>&1 &
            echo $! > {script}.pid
            echo serves at {server.Urls.Single()}
            wait
            exit 137
            """);
        var emulator = await Emulator.StartAsync(new() { Server = $"sh {script}" });
        var account = await emulator.CreateAccountAsync();
        var wait = account.Handset().ReceiveAsync(timeout: Long);

        using (var sleep = Process.GetProcessById(
            int.Parse(await File.ReadAllTextAsync($"{script}.pid"), CultureInfo.InvariantCulture)))
            sleep.Kill();
        dies.SetResult();

        var failure = await Assert.ThrowsAsync<EmulatorException>(() => wait);
        Assert.EndsWith(
            $"The server, started by \"sh {script}\", has ended with exit code 137. Its last lines:\n"
            + $"  serves at {server.Urls.Single()}", failure.Message, StringComparison.Ordinal);
        await account.DisposeAsync();
        await emulator.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>A server with accounts whose messages it never shows, until it dies.</summary>
    private static async Task<WebApplication> StartAsync(Task dies)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(async context =>
        {
            if (context.Request.Path.StartsWithSegments("/emulator/v1/Messages"))
            {
                await dies;
                context.Abort();
                return;
            }

            await context.Response.WriteAsync($$"""{"sid": "AC{{new string('1', 32)}}", "auth_token": "token"}""");
        });
        await server.StartAsync();
        return server;
    }
}
