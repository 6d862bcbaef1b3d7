using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Telemetry;

/// <summary>A message's trace is found by its SID and tells its way from the API call to the last callback.</summary>
public sealed class TracesTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task A_message_is_one_trace_though_another_server_after_a_restart_works_on_it()
    {
        await using var collector = await SpanCollector.StartAsync();
        await using var receiver = await Receiver.StartAsync(204);
        string service, sid;
        await using (var accepting = await ServerUnderTest.StartAsync(database.ConnectionString,
            ["--Pipeline:Stages", "", .. collector.Options]))
        {
            service = await accepting.Api.Services.CreateWithCallbackAsync($"{receiver.Url}/status", "+14155550161");
            using var request = new HttpRequestMessage(HttpMethod.Post, MessagesApi.Path)
            {
                Content = TestApi.Form(("To", "+14155550171"), ("MessagingServiceSid", service), ("Body", "Secret")),
            };
            // The caller traces, too: its trace and the message's are two.
            request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            sid = (await ApiResponse.ReadAsync(await accepting.Http.SendAsync(request)))["sid"]!;
            Assert.Equal(0, await accepting.StopAsync());
        }

        await using var working = await ServerUnderTest.StartAsync(database.ConnectionString, collector.Options);
        await working.Api.Messages.UntilAsync(sid, "delivered");
        // A list's filter is a recipient.
        await working.Http.GetAsync($"{MessagesApi.Path}?To=%2B14155550171");
        var spans = await collector.OfMessageAsync(sid, 8);

        Assert.Equal(["accept message", "carrier report delivered", "carrier report sent",
            "deliver status callback delivered", "deliver status callback queued", "deliver status callback sent",
            "hand to carrier", "select sender queued"], spans.Select(Described).Order(StringComparer.Ordinal));
        Assert.Equal(["accept message", "select sender"], spans.Take(2).Select(span => span.Name));
        Assert.All(spans, span => Assert.Equal(("", sid, service),
            (span.ParentId, span.Attributes["message.sid"], span.Attributes["messaging_service.sid"])));
        Assert.All(spans, span => Assert.True(span.Start <= span.End && !span.IsError));
        Assert.All(spans.Where(span => span.Name == "deliver status callback"),
            span => Assert.Equal("204", span.Attributes["http.response.status_code"]));
        var asked = await collector.ByIdAsync(Assert.Single(spans[0].LinkedSpans));
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (asked.TraceId, asked.ParentId));
        Assert.DoesNotContain("1415555", collector.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", collector.Everything, StringComparison.Ordinal);
        Assert.All(receiver.Requests,
            request => Assert.DoesNotContain("traceparent", request.Headers.Keys, StringComparer.OrdinalIgnoreCase));

        static string Described(Span span) =>
            span.Name is "accept message" or "hand to carrier"
                ? span.Name
                : $"{span.Name} {span.Attributes["message.status"]}";
    }

    [Fact]
    public async Task What_goes_wrong_is_marked_with_its_error()
    {
        await using var collector = await SpanCollector.StartAsync();
        await using var refusing = await Receiver.StartAsync(500);
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString, collector.Options);
        var service = await server.Api.Services.CreateWithCallbackAsync($"{refusing.Url}/#rc=1&rp=5xx", "+14155550162");
        await server.Api.CreateAsync("/emulator/v1/CarrierRules", ("To", "+14155550172"), ("Outcome", "failed"),
            ("ErrorCode", "30003"));

        var sid = await server.Api.Messages.SendAsync(("To", "+14155550172"), ("MessagingServiceSid", service),
            ("Body", "Hi"));
        var spans = await collector.OfMessageAsync(sid, 8);

        var report = Assert.Single(spans, span => span.Name == "carrier report");
        Assert.Equal((true, "failed", "30003"),
            (report.IsError, report.Attributes["message.status"], report.Attributes["error.type"]));
        var attempts = spans.Where(span => span.Name == "deliver status callback").ToList();
        Assert.Equal(4, attempts.Count);
        Assert.All(attempts, attempt => Assert.Equal((true, "500", "500"),
            (attempt.IsError, attempt.Attributes["http.response.status_code"], attempt.Attributes["error.type"])));
        Assert.Equal(2, attempts.Count(attempt =>
            attempt.Attributes.GetValueOrDefault("http.request.resend_count") == "1"));
    }

    [Fact]
    public async Task A_request_that_changes_a_message_is_in_the_messages_trace_not_its_own()
    {
        await using var collector = await SpanCollector.StartAsync();
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString, collector.Options);
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550163");
        var sid = await server.Api.Messages.SendAsync(("To", "+14155550173"), ("MessagingServiceSid", service),
            ("Body", "Hi"),
            ("ScheduleType", "fixed"), ("SendAt", TimeProvider.System.GetUtcNow().AddHours(1).ToString("O")));

        await server.Api.UpdateAsync(MessagesApi.PathOf(sid), ("Status", "canceled"));
        var spans = await collector.OfMessageAsync(sid, 2);

        Assert.Equal([("accept message", "", "scheduled"), ("cancel message", "", "canceled")],
            spans.Select(span => (span.Name, span.ParentId, span.Attributes["message.status"])));
        Assert.All(spans, span => Assert.Single(span.LinkedSpans));
    }

    [Fact]
    public async Task A_share_of_the_messages_is_traced_each_whole()
    {
        const int messages = 100;
        await using var collector = await SpanCollector.StartAsync();
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString,
            ["--OTEL_TRACES_SAMPLER", "parentbased_traceidratio", "--OTEL_TRACES_SAMPLER_ARG", "0.5",
                .. collector.Options]);
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550164");

        List<string> sids = [];
        for (var i = 0; i < messages; i++)
            sids.Add(await server.Api.Messages.SendAsync(("To", "+14155550174"), ("MessagingServiceSid", service),
                ("Body", "Hi")));
        foreach (var sid in sids) await server.Api.Messages.UntilAsync(sid, "delivered");
        // What the server has still to send, it sends when it stops.
        Assert.Equal(0, await server.StopAsync());

        var spans = sids.Select(sid => collector.CountOfMessage(sid)).ToList();
        Assert.All(spans, count => Assert.True(count is 0 or 5, $"{count} spans"));
        // Fewer or more than this happens once in a hundred thousand runs.
        Assert.InRange(spans.Count(count => count > 0), 28, 72);
    }
}
