using System.Text.Json.Serialization;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// WhatsApp's approval of a content template. Source: https://www.twilio.com/docs/content/content-api-resources.
/// </summary>
internal sealed record ApprovalResource
{
    /// <summary>The channel: <c>whatsapp</c>. Only where a template is fetched with its approvals.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>The name under which WhatsApp was asked; empty when it was not.</summary>
    public required string Name { get; init; }

    /// <summary>WhatsApp's category; empty when it was not asked.</summary>
    public required string Category { get; init; }

    /// <summary>The content type that WhatsApp examines; empty when it was not asked.</summary>
    public required string ContentType { get; init; }

    /// <summary>The state of the approval.</summary>
    public required ApprovalStatus Status { get; init; }

    /// <summary>Why WhatsApp refuses the template; empty when there is no reason.</summary>
    public required string RejectionReason { get; init; }

    /// <summary>Whether WhatsApp may change the category.</summary>
    public required bool AllowCategoryChange { get; init; }

    /// <summary>The resource of a template's approval.</summary>
    public static ApprovalResource Of(ContentTemplate template, ApprovalStatus status) => new()
    {
        Name = template.ApprovalName ?? "",
        Category = template.ApprovalCategory ?? "",
        ContentType = status == ApprovalStatus.Unsubmitted ? "" : ContentTypes.TypeForApproval(template.Types),
        Status = status,
        RejectionReason = template.ReasonOf(status),
        AllowCategoryChange = template.AllowsCategoryChange ?? true,
    };
}

/// <summary>The approvals of a content template.</summary>
internal sealed record ApprovalsResource
{
    /// <summary>SID of the template, with the prefix HX.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns the template.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>WhatsApp's approval.</summary>
    [JsonPropertyName("whatsapp")]
    public required ApprovalResource WhatsApp { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a template's approvals, its address on the host that the request came to.</summary>
    public static ApprovalsResource Of(ContentTemplate template, ApprovalStatus status, HttpRequest request) => new()
    {
        Sid = template.Sid,
        AccountSid = template.AccountSid,
        WhatsApp = ApprovalResource.Of(template, status) with { Type = "whatsapp" },
        Url = request.AbsoluteUrl($"/v1/Content/{template.Sid}/ApprovalRequests"),
    };
}
