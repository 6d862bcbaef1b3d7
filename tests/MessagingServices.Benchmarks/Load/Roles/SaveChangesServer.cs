using MessagingServices.Server.Data;
using System.Text;
using MessagingServices.Server.Data.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MessagingServices.Benchmarks.Load.Roles;

/// <summary>
/// The same as most would write it: accepts messages into the server's own tables with one <c>SaveChanges</c> a
/// request, and does nothing else. What the server gains by committing concurrent requests together is measured against
/// this.
/// </summary>
internal static class SaveChangesServer
{
    public const string Role = "save-changes";

    /// <summary>Serves until it is ended.</summary>
    public static async Task<int> RunAsync(string url, string connectionString, string credentials)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        builder.Services.AddDbContextPool<MessagingDb>(
            options => options.UseNpgsql(ConnectionDefaults.Complete(connectionString).ConnectionString)
                .UseSnakeCaseNamingConvention());
        builder.Services.AddSingleton(new SidSource(TimeProvider.System));
        await using var app = builder.Build();
        var authorization = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";
        var account = Sid.Parse(credentials.Split(':')[0]);
        app.MapGet("/readyz", () => "ready");
        app.MapPost("/2010-04-01/Accounts/{account}/Messages.json",
            async (HttpRequest request, MessagingDb db, SidSource sids) =>
        {
            if (request.Headers.Authorization != authorization) return Results.Unauthorized();
            var form = await request.ReadFormAsync();
            if (RecipientAddress.Parse(form["To"].ToString()).Address is not { } recipient) return Results.BadRequest();
            var message = Message.Accept(new(
                sids.New(SidPrefix.TextMessage), account, recipient.Value, form["Body"].ToString())
            {
                MessagingServiceSid = Sid.Parse(form["MessagingServiceSid"].ToString()),
            }, TimeProvider.System.GetUtcNow());
            db.Messages.Add(message);
            db.MessageQueue.Add(new() { MessageSid = message.Sid, Stage = MessageStage.SelectSender,
                Due = message.DateCreated });
            await db.SaveChangesAsync();
            return Results.Json(new { sid = message.Sid.Value, to = message.To, body = message.Body,
                status = "accepted" }, statusCode: StatusCodes.Status201Created);
        });
        await app.RunAsync();
        return 0;
    }
}
