using System.Text.Json;
using System.Text.Json.Nodes;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Content;

/// <summary>A content template with its approval.</summary>
internal sealed record ContentAndApprovalsResource
{
    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When it last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>SID with the prefix HX.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The label of the template.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>The language that it is written in.</summary>
    public required string Language { get; init; }

    /// <summary>The default values of placeholders.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Its content, by content type; null for each member that is not set.</summary>
    public required JsonObject Types { get; init; }

    /// <summary>WhatsApp's approval.</summary>
    public required ApprovalResource ApprovalRequests { get; init; }

    /// <summary>The resource of a template.</summary>
    public static ContentAndApprovalsResource Of(ContentTemplate template, ApprovalStatus status) => new()
    {
        DateCreated = new(template.DateCreated),
        DateUpdated = new(template.DateUpdated ?? template.DateCreated),
        Sid = template.Sid,
        AccountSid = template.AccountSid,
        FriendlyName = template.FriendlyName,
        Language = template.Language,
        Variables = JsonSerializer.Deserialize<Dictionary<string, string>>(template.Variables)!,
        Types = ContentSchema.Complete(template.Types),
        ApprovalRequests = ApprovalResource.Of(template, status),
    };
}
