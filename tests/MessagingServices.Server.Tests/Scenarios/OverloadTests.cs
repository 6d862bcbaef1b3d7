using MessagingServices.Server.Outbound.Accept;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>More messages come than the database takes just now.</summary>
[Collection(typeof(LoadTests))]
public sealed class OverloadTests(AcceptingMessagingServer server) : IClassFixture<AcceptingMessagingServer>
{
    private const int Callers = 50;
    private const int FarMoreThanWait = 100_000;

    [Fact]
    public async Task What_is_too_much_is_refused_at_once_and_not_stored_and_who_waits_gets_201()
    {
        var service = await server.Api.Services.CreateWithPoolAsync();
        var intake = server.Services.GetRequiredService<MessageWriter>();
        var before = await server.CountAsync();
        await using var slow = await TableLock.OfMessagesAsync(server.ConnectionString);
        var waiting = Enumerable.Range(0, Callers).Select(_ => SendAsync(service)).ToList();
        await slow.UntilAWriterWaitsAsync();
        while (intake.Waiting < Callers) await Task.Delay(10);

        List<Task> direct = [];
        // The second writer may yet take a batch out.
        for (var full = 0; full < 3; full++)
        {
            if (full > 0) await Task.Delay(100);
            if (direct is [.., { IsFaulted: true }]) direct.RemoveAt(direct.Count - 1);
            while (direct is not [.., { IsFaulted: true }]
                && direct.Count < FarMoreThanWait) direct.Add(intake.AddAsync(server.NewMessage()));
        }

        Assert.True(direct[^1].IsFaulted, $"All {FarMoreThanWait:N0} wait.");
        var refusal = await Assert.ThrowsAsync<TwilioException>(() => direct[^1]);
        Assert.Equal(20429, refusal.ApiError.Error.Code);
        direct.RemoveAt(direct.Count - 1);
        var refused = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => SendAsync(service)));
        Assert.All(refused, answer => Assert.Equal((429, "20429"), (answer.Status, answer["code"])));
        Assert.All(waiting, answer => Assert.False(answer.IsCompleted));

        await slow.ReleaseAsync();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(201, answer.Status));
        await Task.WhenAll(direct);
        Assert.Equal(before + Callers + direct.Count, await server.CountAsync());
        Assert.Equal(201, (await SendAsync(service)).Status);
        Counted.Show(
            $"overload: {Callers + direct.Count:N0} waited and were stored, {refused.Length + 1} refused with 20429, "
            + $"none of them stored");
    }

    [Fact]
    public async Task A_caller_that_hangs_up_does_not_cancel_the_others()
    {
        var service = await server.Api.Services.CreateWithPoolAsync();
        var before = await server.CountAsync();
        await using var slow = await TableLock.OfMessagesAsync(server.ConnectionString);
        using var hangUp = new CancellationTokenSource();
        var impatient = SendAsync(service, hangUp.Token);
        await slow.UntilAWriterWaitsAsync();
        var waiting = Enumerable.Range(0, Callers).Select(_ => SendAsync(service)).ToList();

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await slow.ReleaseAsync();

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(201, answer.Status));
        // Its message was being written when it hung up.
        Assert.Equal(before + 1 + Callers, await server.CountAsync());
    }

    private async Task<ApiResponse> SendAsync(string service, CancellationToken cancellation = default) =>
        await ApiResponse.ReadAsync(await server.Http.PostAsync(
        MessagesApi.Path, TestApi.Form(("MessagingServiceSid", service), ("To", "+14155550100"), ("Body", "Hello")),
        cancellation));
}
