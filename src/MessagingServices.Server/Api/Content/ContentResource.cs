using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Content;

/// <summary>A content template. Source: https://www.twilio.com/docs/content/content-api-resources.</summary>
internal sealed record ContentResource
{
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

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>The same: templates do not change; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The addresses of WhatsApp's approval, which there is none of here.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    /// <summary>The resource of a template, its address on the host that the request came to.</summary>
    public static ContentResource Of(ContentTemplate template, HttpRequest request)
    {
        var url = request.AbsoluteUrl($"/v1/Content/{template.Sid}");
        return new()
        {
            Sid = template.Sid,
            AccountSid = template.AccountSid,
            FriendlyName = template.FriendlyName,
            Language = template.Language,
            Variables = JsonSerializer.Deserialize<Dictionary<string, string>>(template.Variables)!,
            Types = ContentSchema.Complete(template.Types),
            Url = url,
            DateCreated = new(template.DateCreated),
            DateUpdated = new(template.DateCreated),
            Links = new Dictionary<string, string>
            {
                ["approval_create"] = $"{url}/ApprovalRequests/whatsapp",
                ["approval_fetch"] = $"{url}/ApprovalRequests",
            },
        };
    }
}

/// <summary>The parameters to create a content template.</summary>
internal sealed record CreateContentForm
{
    /// <summary>Its name, at most 450 characters; recipients do not see it.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>The language that it is written in, such as <c>en</c> or <c>pt_BR</c>. Required.</summary>
    public string? Language { get; init; }

    /// <summary>The default values of placeholders, such as <c>{"1": "friend"}</c>.</summary>
    public IReadOnlyDictionary<string, string?>? Variables { get; init; }

    /// <summary>
    /// Its content, by content type: <c>twilio/text</c> (<c>body</c>), <c>twilio/media</c> (<c>media</c>, <c>body</c>),
    /// or any other of Twilio's, with its members; messages say the body only. Required.
    /// </summary>
    [Shape(IsRequired = true)]
    public IReadOnlyDictionary<string, JsonElement?>? Types { get; init; }

    /// <summary>The template that the form makes; it was checked.</summary>
    internal ContentTemplate ToTemplate(Sid sid, Sid account, DateTimeOffset now) => new(sid, account, now)
    {
        FriendlyName = FriendlyName ?? "",
        Language = Language!,
        Variables = JsonSerializer.Serialize(
            (Variables ?? new Dictionary<string, string?>()).Where(variable => variable.Value is not null)
                .ToDictionary(), JsonBody.Options),
        Types = JsonSerializer.Serialize(Given(), JsonBody.Options),
    };

    /// <summary>The types that are not null.</summary>
    internal Dictionary<string, JsonElement> Given() =>
        (Types ?? new Dictionary<string, JsonElement?>())
            .Where(type => type.Value is { ValueKind: not JsonValueKind.Null })
            .ToDictionary(type => type.Key, type => type.Value!.Value);
}

/// <summary>
/// The rules for a new content template: first the missing members, then the types. Types must be known, can be stored,
/// and have the members that Twilio declares.
/// </summary>
internal sealed class CreateContentRules : AbstractValidator<CreateContentForm>
{
    private const int MaxName = 450;
    private const int MaxLanguage = 20;

    public CreateContentRules()
    {
        RuleFor(form => form.FriendlyName).AtMost("friendly_name", MaxName);
        RuleFor(form => form.Language).Given().ToApiError(_ => "language is required");
        RuleFor(form => form.Language).AtMost("language", MaxLanguage);
        RuleFor(form => form).Must(form => form.Variables is null || form.Variables.Keys.All(IsStorable))
            .WithState(_ => Wrong("variables: a name holds what cannot be stored"));
        RuleFor(form => form).Must(form => form.Given().Count > 0)
            .WithState(_ => Wrong("types is required, with at least one content type"));
        RuleFor(form => form).Must(form => form.Given().Keys.All(ContentSchema.Names.Contains))
            .WithState(form => Wrong($"types: '{Unknown(form)}' is no content type"));
        RuleFor(form => form).Must(form => form.Given().Values.All(IsStorable))
            .WithState(_ => Wrong("types: a text holds what cannot be stored"));
        RuleFor(form => form).Must(form => Fault(form) is null).WithState(form => Wrong($"types: {Fault(form)}"));
    }

    private static string Unknown(CreateContentForm form) =>
        form.Given().Keys.First(type => !ContentSchema.Names.Contains(type));

    private static ApiError Wrong(string reason) => MessagingError.BadParameter.ToApiError(reason);

    private static string? Fault(CreateContentForm form) =>
        form.Given().Select(type => ContentSchema.Fault(type.Key, type.Value))
            .FirstOrDefault(fault => fault is not null);

    /// <summary>
    /// Neither null characters, which PostgreSQL cannot store, nor halves of characters, however they are written.
    /// </summary>
    private static bool IsStorable(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject()
                    .All(member => IsStorable(member.Name) && IsStorable(member.Value)),
                JsonValueKind.Array => value.EnumerateArray().All(IsStorable),
                JsonValueKind.String => IsStorable(value.GetString()!),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
