using System.Security.Cryptography;
using MessagingServices.Server.Outbound.Accept;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A message that the database does not take fails alone, whichever others are committed with it.</summary>
public sealed class PoisonRowTests(AcceptingMessagingServer server) : IClassFixture<AcceptingMessagingServer>
{
    private const int Messages = 50;

    private readonly MessageWriter intake = server.Services.GetRequiredService<MessageWriter>();

    [Theory]
    [InlineData(Poison.NullCharacter)]
    [InlineData(Poison.TooLong)]
    [InlineData(Poison.OutOfRange)]
    [InlineData(Poison.SidOfAnother)]
    public async Task The_others_of_its_batch_are_stored(Poison poison)
    {
        var bad = await NewAsync(poison);
        var before = await server.CountAsync();
        // The first occupies the writer; the rest are one batch.
        await using var slow = await TableLock.OfMessagesAsync(server.ConnectionString);
        var first = intake.AddAsync(server.NewMessage());
        await slow.UntilAWriterWaitsAsync();
        var good = Enumerable.Range(0, Messages / 2).Select(_ => intake.AddAsync(server.NewMessage())).ToList();
        var refused = intake.AddAsync(bad);
        good.AddRange(Enumerable.Range(0, Messages / 2).Select(_ => intake.AddAsync(server.NewMessage())));
        await slow.ReleaseAsync();

        await Task.WhenAll([first, .. good]);
        Assert.Equal(20500, (await Assert.ThrowsAsync<TwilioException>(() => refused)).ApiError.Error.Code);
        Assert.Equal(before + 1 + Messages, await server.CountAsync());
    }

    [Theory]
    [InlineData(Poison.NullCharacter)]
    [InlineData(Poison.TooLong)]
    [InlineData(Poison.OutOfRange)]
    [InlineData(Poison.SidOfAnother)]
    public async Task Alone_it_is_refused_and_the_next_is_stored(Poison poison)
    {
        var bad = await NewAsync(poison);
        var before = await server.CountAsync();

        Assert.Equal(20500, (await Assert.ThrowsAsync<TwilioException>(() => intake.AddAsync(bad)))
            .ApiError.Error.Code);
        await intake.AddAsync(server.NewMessage());

        Assert.Equal(before + 1, await server.CountAsync());
    }

    [Fact]
    public async Task A_message_whose_commit_was_in_doubt_is_stored_once_when_it_is_tried_again()
    {
        var message = server.NewMessage();
        var before = await server.CountAsync();

        await intake.AddAsync(message);
        await intake.AddAsync(message);

        Assert.Equal(before + 1, await server.CountAsync());
    }

    private async Task<Message> NewAsync(Poison poison)
    {
        switch (poison)
        {
            case Poison.NullCharacter: return server.NewMessage(body: "a\0b");
            case Poison.TooLong: return server.NewMessage(to: RandomNumberGenerator.GetHexString(20_000));
            case Poison.OutOfRange: return server.NewMessage(validityPeriod: 0);
            case Poison.SidOfAnother:
                var other = server.NewMessage();
                await intake.AddAsync(other);
                return server.NewMessage(to: "+14155550199", sid: other.Sid);
            default: throw new ArgumentOutOfRangeException(nameof(poison));
        }
    }

    public enum Poison
    {
        NullCharacter,
        TooLong,
        OutOfRange,
        SidOfAnother,
    }
}
