using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Provisioning;

/// <summary>Many callers at once: a number or short code is in one pool, and a pool holds 400.</summary>
public sealed class PoolConcurrencyTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task Of_many_that_add_one_number_to_one_pool_one_succeeds()
    {
        for (var round = 0; round < 5; round++)
        {
            var (service, number) = (await server.Api.Services.CreateAsync(), await server.Api.Numbers.CreateAsync());

            var answers = await Task.WhenAll(Enumerable.Range(0,
                8).Select(_ => server.Api.Services.AddNumberAsync(service, number)));

            Assert.Single(answers, answer => answer.Status == 201);
            Assert.Equal(7, answers.Count(answer => answer.Status == 409 && answer["code"] == "21710"));
        }
    }

    [Fact]
    public async Task Of_many_that_add_one_number_to_two_pools_one_succeeds()
    {
        for (var round = 0; round < 5; round++)
        {
            string[] services = [await server.Api.Services.CreateAsync(), await server.Api.Services.CreateAsync()];
            var number = await server.Api.Numbers.CreateAsync();

            var answers = await Task.WhenAll(Enumerable.Range(0,
                8).Select(async i =>
                    (Service: services[i % 2],
                        ApiResponse: await server.Api.Services.AddNumberAsync(services[i % 2], number))));

            var winner = Assert.Single(answers, row => row.ApiResponse.Status == 201).Service;
            Assert.Equal(3, answers.Count(row =>
                row.Service == winner && row.ApiResponse is { Status: 409 } && row.ApiResponse["code"] == "21710"));
            Assert.Equal(4, answers.Count(row =>
                row.Service != winner && row.ApiResponse is { Status: 409 } && row.ApiResponse["code"] == "21712"));
        }
    }

    [Fact]
    public async Task Of_many_that_add_one_short_code_to_two_pools_one_succeeds()
    {
        for (var round = 0; round < 5; round++)
        {
            string[] services = [await server.Api.Services.CreateAsync(), await server.Api.Services.CreateAsync()];
            var shortCode = await server.Api.ShortCodes.CreateAsync();

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
                async i =>
                    (Service: services[i % 2],
                        ApiResponse: await server.Api.Services.AddShortCodeAsync(services[i % 2], shortCode))));

            var winner = Assert.Single(answers, row => row.ApiResponse.Status == 201).Service;
            Assert.Equal(3, answers.Count(row =>
                row.Service == winner && row.ApiResponse is { Status: 409 } && row.ApiResponse["code"] == "21710"));
            Assert.Equal(4, answers.Count(row =>
                row.Service != winner && row.ApiResponse is { Status: 409 } && row.ApiResponse["code"] == "21712"));
        }
    }

    [Fact]
    public async Task A_pool_never_holds_more_than_400_numbers_and_short_codes()
    {
        var service = await server.Api.Services.CreateAsync();
        await Sql.ScalarAsync(server.ConnectionString,
            $"""
             INSERT INTO pool_senders
                 (sid, account_sid, messaging_service_sid, address, country, type, capabilities, date_created,
                     date_updated, last_used)
             SELECT CASE WHEN type = 'short_code' THEN 'SC' ELSE 'PN' END || lpad(to_hex(i), 32, '0'),
                 '{MessagingServer.AccountSid}', '{service}',
                 (CASE type WHEN 'short_code' THEN '' WHEN 'toll_free' THEN '+1800' ELSE '+1212' END) || (3000000 + i),
                     'US', type, 7, now(), now(), 0
             FROM generate_series(1, 397) AS i, LATERAL (SELECT (ARRAY['long_code', 'toll_free', 'short_code'])[i % 3 +
                 1] AS type) AS types
             """);
        // The others of a pool are not counted, and find room when it is full.
        await server.PostAsync($"{ServicesApi.Path}/{service}/AlphaSenders", ("AlphaSender", "Acme")).ExpectAsync(201);
        var joins = new List<Func<Task<ApiResponse>>>();
        for (var i = 0; i < 5; i++)
        {
            var (number, shortCode) = (await server.Api.Numbers.CreateAsync(),
                await server.Api.ShortCodes.CreateAsync());
            joins.Add(() => server.Api.Services.AddNumberAsync(service, number));
            joins.Add(() => server.Api.Services.AddShortCodeAsync(service, shortCode));
        }

        var answers = await Task.WhenAll(joins.Select(join => join()));

        Assert.Equal(3, answers.Count(answer => answer.Status == 201));
        Assert.Equal(7, answers.Count(answer => answer.Status == 412 && answer["code"] == "21714"));
        Assert.Equal(401L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM pool_senders WHERE messaging_service_sid = '{service}'"));
        await server.PostAsync($"{ServicesApi.Path}/{service}/DestinationAlphaSenders", ("AlphaSender", "Acme"),
            ("IsoCountryCode", "FR")).ExpectAsync(201);

        await server.DeleteAsync(answers.First(answer => answer.Status == 201)["url"]!).ExpectAsync(204);
        await joins[Array.FindIndex(answers, answer => answer.Status == 412)]().ExpectAsync(201);
    }

    [Fact]
    public async Task A_number_that_is_released_while_it_joins_a_pool_is_in_none()
    {
        for (var round = 0; round < 10; round++)
        {
            var (service, number) = (await server.Api.Services.CreateAsync(), await server.Api.Numbers.CreateAsync());

            var (added, released) = (server.Api.Services.AddNumberAsync(service, number),
                server.DeleteAsync($"{NumbersApi.Root}/{number}.json"));

            await released.ExpectAsync(204);
            Assert.True((await added).Status is 201 or 400, (await added).Text);
            Assert.Empty((await server.GetAsync($"{ServicesApi.Path}/{service}/PhoneNumbers"))
                .Body!["phone_numbers"]!.AsArray());
            Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
                $"SELECT count(*) FROM pool_senders WHERE sid = '{number}'"));
        }
    }
}
